import { extname, resolve } from 'node:path';
import { createSourceReader, knowsLanguage, languageOf, RequestError } from '../engine/index.ts';
import type { PromptLiteral, SourceReader, TextRange } from '../engine/index.ts';
import { cleanLine } from './cleanText.ts';
import { nameOfFile } from './promptChoice.ts';
import { readTextIfThere } from './textFile.ts';

/** A prompt that was found in a file. */
export interface FileSource {
  /** Absolute. */
  readonly path: string;
  /** The whole file as it was read. */
  readonly text: string;
  /** The prompt as its program reads it. */
  readonly prompt: string;
  /** Where it stands, and how it is written there; absent where the file is the prompt. */
  readonly found?: {
    readonly literal: PromptLiteral;
    readonly reader: SourceReader;
    /** VS Code's id of the language. */
    readonly language: string;
  };
  /** Name under which versions are kept, as the editor would give it. */
  readonly promptName: string;
}

/** Languages of which a whole file may well be one prompt. */
const wholeFiles: ReadonlySet<string> = new Set(['markdown', 'plaintext']);
/** Languages of which a file is one prompt behind its front matter. */
const promptFiles: ReadonlySet<string> = new Set(['prompt', 'prompty']);

/** Reads `FILE` or `FILE:LINE` and finds the prompt in it. */
export async function readFileSource(place: string, here: string): Promise<FileSource> {
  const { file, text, line } = await readPlace(place, here);
  const path = resolve(here, file);
  const shown = cleanLine(file);
  if (text.trim() === '') {
    throw new RequestError(`${shown} is empty; write a prompt into it first.`);
  }
  const language = languageOf(path);
  const name = nameOfFile(path);
  if (line === undefined && (language === undefined || wholeFiles.has(language))) {
    return { path, text, prompt: text, promptName: name };
  }
  const reader = createSourceReader();
  const spoken = language ?? (extname(path) === '' ? 'plaintext' : undefined);
  if (spoken === undefined || !knowsLanguage(spoken)) {
    throw new RequestError(
      `There are no rules for ${extname(path)} files, so a prompt inside of one cannot be found. Pipe the prompt in instead.`,
    );
  }
  const literal =
    line === undefined
      ? await onlyPrompt(reader, text, spoken, shown)
      : await promptOnLine(reader, text, line, spoken, shown);
  const begins = text.slice(0, literal.inside.start).split(/\r\n|\r|\n/).length;
  return {
    path,
    text,
    prompt: literal.text,
    found: { literal, reader, language: spoken },
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

async function onlyPrompt(
  reader: SourceReader,
  text: string,
  language: string,
  shown: string,
): Promise<PromptLiteral> {
  if (!promptFiles.has(language)) {
    throw new RequestError(`${shown} is code; name the line of the prompt: ${shown}:LINE.`);
  }
  const literals = await reader.all(text, language);
  const [only, second] = literals.filter(({ path }) => !path.startsWith('fence'));
  if (second) {
    throw new RequestError(`${shown} has several messages; name the line of one: ${shown}:LINE.`);
  }
  if (!only) throw new RequestError(`${shown} has no prompt behind its front matter; write one.`);
  return only;
}

async function promptOnLine(
  reader: SourceReader,
  text: string,
  line: number,
  language: string,
  shown: string,
): Promise<PromptLiteral> {
  const touching = await reader.touching(text, lineRange(text, line, shown), language);
  // What begins or ends on the line before what only encloses it; the longest text is the prompt.
  const [found] = [...touching].sort((a, b) => wordsIn(b) - wordsIn(a));
  if (!found) {
    throw new RequestError(`${shown}:${line} has no string; name the line of the prompt.`);
  }
  if (found.text.trim() === '') {
    throw new RequestError(found.refusal ?? `${shown}:${line} has an empty string only.`);
  }
  return found;
}

/** The characters of a line, without the white space around them. */
function lineRange(text: string, line: number, shown: string): TextRange {
  const lines = [...text.matchAll(/(.*)(?:\r\n|\r|\n|$)/g)].filter(
    (match, index) => match[0] !== '' || index === 0,
  );
  const named = lines[line - 1];
  if (!named) {
    throw new RequestError(`${shown} has ${lines.length} lines, so there is no line ${line}.`);
  }
  const content = named[1] ?? '';
  const start = named.index + (content.length - content.trimStart().length);
  return { start, end: Math.max(start, named.index + content.trimEnd().length) };
}

function wordsIn({ text }: PromptLiteral): number {
  return text.split(/\s+/).length;
}
