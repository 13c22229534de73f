import { chmod, realpath, stat } from 'node:fs/promises';
import { replaceFile, RequestError, staysInPlace, StoreError } from '../engine/index.ts';
import { cleanLine } from './cleanText.ts';
import type { FileSource } from './refineSource.ts';
import { readTextIfThere } from './textFile.ts';

/**
 * The file's whole text with the refined one in its place. Throws where the refined text would
 * not stay inside its string or block.
 */
export function textWithRefined(source: FileSource, after: string): string {
  const { text, located, language, path } = source;
  if (!staysInPlace(text, located, after, language)) {
    throw new RequestError(
      `The refined text holds characters that would end its place in ${cleanLine(path)} early, so the file was left as it is.`,
    );
  }
  return text.slice(0, located.start) + after + text.slice(located.end);
}

/** Replaces the file in one step, and only if it still reads as it did. */
export async function writeBack(source: FileSource, text: string): Promise<void> {
  const shown = cleanLine(source.path);
  if ((await readTextIfThere(source.path, source.path)) !== source.text) {
    throw new RequestError(
      `${shown} was changed in the meantime, so it was left as it is. Refine it again, or put the text in by hand.`,
    );
  }
  try {
    // Through a link to the file behind it, which keeps its rights.
    const path = await realpath(source.path);
    const { mode } = await stat(path);
    await replaceFile(path, text);
    await chmod(path, mode);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown problem';
    throw new StoreError(shown, `this file cannot be written (${code}); it was left as it is.`);
  }
}
