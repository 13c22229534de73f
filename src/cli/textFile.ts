import { readFile } from 'node:fs/promises';
import { RequestError } from '../engine/index.ts';
import { cleanLine } from './cleanText.ts';

/** The text of a file that the person named; undefined where there is none. */
export async function readTextIfThere(path: string, shown: string): Promise<string | undefined> {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(path));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new RequestError(`${cleanLine(shown)}: ${problemOf(code)}`);
  }
}

function problemOf(code: string | undefined): string {
  if (code === 'EISDIR') return 'this is a folder; name a file in it.';
  if (code === 'EACCES' || code === 'EPERM') return 'you have no permission to read this file.';
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
    return 'this is not UTF-8 text; save it as UTF-8 and try again.';
  }
  return `this file cannot be read (${code ?? 'unknown problem'}).`;
}
