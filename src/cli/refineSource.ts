import { extname, resolve } from 'node:path';
import { locatePrompt, RequestError, type LocatedPrompt } from '../engine/index.ts';
import { cleanLine } from './cleanText.ts';
import { nameOfFile } from './promptChoice.ts';
import { readTextIfThere } from './textFile.ts';

/** A prompt that was found in a file. */
export interface FileSource {
  /** Absolute. */
  readonly path: string;
  /** The whole file as it was read. */
  readonly text: string;
  readonly located: LocatedPrompt;
  /** VS Code's id of the language; undefined for prose. */
  readonly language: string | undefined;
  /** Name under which versions are kept, as the editor would give it. */
  readonly promptName: string;
}

const languages: Readonly<Record<string, string>> = {
  '.py': 'python',
  '.js': 'javascript',
  '.mjs': 'javascript',
  '.cjs': 'javascript',
  '.jsx': 'javascriptreact',
  '.ts': 'typescript',
  '.mts': 'typescript',
  '.cts': 'typescript',
  '.tsx': 'typescriptreact',
};

/** Reads `FILE` or `FILE:LINE` and finds the prompt in it. */
export async function readFileSource(place: string, here: string): Promise<FileSource> {
  const { file, text, line } = await readPlace(place, here);
  const path = resolve(here, file);
  const language = languages[extname(path).toLowerCase()];
  const shown = cleanLine(file);
  if (text.trim() === '') {
    throw new RequestError(`${shown} is empty; write a prompt into it first.`);
  }
  if (line === undefined && language !== undefined) {
    throw new RequestError(`${shown} is code; name the line of the prompt: ${shown}:LINE.`);
  }
  const located =
    line === undefined
      ? locatePrompt(text, { start: 0, end: text.length }, language)
      : locateOnLine(text, line, language, shown);
  if (!located) {
    throw new RequestError(`${shown}:${line ?? 1} has no prompt; name a line that has.`);
  }
  const begins = text.slice(0, located.start).split(/\r\n|\r|\n/).length;
  const name = nameOfFile(path);
  return {
    path,
    text,
    located,
    language,
    promptName: line === undefined || begins <= 1 ? name : `${name}.line-${begins}`,
  };
}

async function readPlace(place: string, here: string) {
  const whole = await readTextIfThere(resolve(here, place), place);
  if (whole !== undefined) return { file: place, text: whole };
  const [, file, digits] = /^(.+):(\d+)$/s.exec(place) ?? [];
  const text = file === undefined ? undefined : await readTextIfThere(resolve(here, file), file);
  if (file === undefined || text === undefined) {
    throw new RequestError(`There is no file ${cleanLine(file ?? place)}; check the path.`);
  }
  return { file, text, line: Number(digits) };
}

function locateOnLine(
  text: string,
  line: number,
  language: string | undefined,
  shown: string,
): LocatedPrompt | undefined {
  const lines = [...text.matchAll(/(.*)(?:\r\n|\r|\n|$)/g)].filter(
    (match, index) => match[0] !== '' || index === 0,
  );
  const named = lines[line - 1];
  if (!named) {
    throw new RequestError(`${shown} has ${lines.length} lines, so there is no line ${line}.`);
  }
  const start = named.index;
  const content = named[1] ?? '';
  const begin = start + (content.length - content.trimStart().length);
  if (language === undefined) return locatePrompt(text, { start: begin, end: begin });
  // The cursor of a person would stand inside the string; a line alone does not say where.
  const cursors = [begin, ...[...content.matchAll(/["'`]/g)].map(({ index }) => start + index + 1)];
  const found = cursors
    .map(cursor => locatePrompt(text, { start: cursor, end: cursor }, language))
    .find(each => each?.kind === 'string' || each?.kind === 'fence');
  if (found) return found;
  throw new RequestError(
    `${shown}:${line} has no string that can be read as a prompt (no escapes, no substitutions, 40 characters or more).`,
  );
}
