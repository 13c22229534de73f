import { chmod, realpath, stat } from 'node:fs/promises';
import {
  anchorOf,
  isGenerated,
  replaceFile,
  RequestError,
  StoreError,
  writeBack as writePrompt,
} from '../engine/index.ts';
import { cleanLine } from './cleanText.ts';
import type { FileSource } from './refineSource.ts';
import { readTextIfThere } from './textFile.ts';

/** What the file will hold, and what it has to hold until then. */
export interface PlannedFile {
  readonly current: string;
  readonly next: string;
}

/** Refuses, before anything is paid, a file of which is known that nothing will be written into it. */
export async function checkWritable({ path, text, found }: FileSource): Promise<void> {
  const shown = cleanLine(path);
  const { mode } = await stat(path);
  if (isReadOnly(mode)) {
    throw new StoreError(shown, 'this file is read-only, so --write cannot change it.');
  }
  if (found && isGenerated(text)) {
    throw new RequestError(
      `The top of ${shown} says that a program made it, so what is written there would be lost; change what it is made from.`,
    );
  }
}

/** Renaming over such a file would work even so; who took the right to write away meant it. */
function isReadOnly(mode: number): boolean {
  return (mode & 0o222) === 0;
}

/**
 * The file as it reads now with the refined text in the prompt's place. What was changed in the
 * prompt meanwhile is merged. Throws a `RequestError` where the text cannot be written safely.
 */
export async function textWithRefined(source: FileSource, after: string): Promise<PlannedFile> {
  const { text, path, prompt, found } = source;
  const shown = cleanLine(path);
  const current = await readTextIfThere(path, path);
  const changed = new RequestError(
    `${shown} was changed in the meantime, so it was left as it is. Refine it again, or put the text in by hand.`,
  );
  if (current === undefined || (!found && current !== text)) throw changed;
  if (!found) return { current, next: after };
  const { literal, language, reader } = found;
  const anchor = anchorOf(text, literal);
  const request = { file: current, language, anchor, base: prompt, text: after };
  const answer = await writePrompt(reader, request);
  switch (answer.kind) {
    case 'edit':
      return { current, next: answer.file };
    case 'refused': {
      const others = answer.alternatives.map(({ title, source: other }) => `${title}: ${other}`);
      const hint = others.length > 0 ? ` What could hold it: ${others.join(' or ')}` : '';
      throw new RequestError(`${shown} was left as it is: ${answer.reason}${hint}`);
    }
    case 'conflict':
    case 'lost':
      throw changed;
  }
}

/** Replaces the file in one step, and only if it still reads as it did. */
export async function writeBack(
  { path }: Pick<FileSource, 'path'>,
  { current, next }: PlannedFile,
): Promise<void> {
  const shown = cleanLine(path);
  if ((await readTextIfThere(path, path)) !== current) {
    throw new RequestError(
      `${shown} was changed in the meantime, so it was left as it is. Try again, or put the text in by hand.`,
    );
  }
  try {
    // Through a link to the file behind it, which keeps its rights.
    const target = await realpath(path);
    const { mode } = await stat(target);
    if (isReadOnly(mode)) throw Object.assign(new Error(), { code: 'read-only' });
    await replaceFile(target, next);
    await chmod(target, mode);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown problem';
    throw new StoreError(shown, `this file cannot be written (${code}); it was left as it is.`);
  }
}
