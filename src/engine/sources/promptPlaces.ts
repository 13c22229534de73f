import type { PromptLiteral } from './literal.ts';
import type { TextRange } from './range.ts';

/** Fewer words are a label, a key or a file name. */
const fewestWords = 5;
const telling = /prompt|instruction|system/i;
// Names of many things; a prompt among them speaks to somebody.
const vague = /template|prefix|suffix|preamble|persona|role|message|content/i;
const speaks =
  /\b(?:you are|you will|you must|you should|your (?:task|job|role|goal)|act as|respond|reply|answer)\b/i;

/** Whether a literal's place says that it is a prompt, known or not. */
export function isNamedPrompt({ host, path, text }: PromptLiteral, language: string): boolean {
  if (language === 'prompt' || host === 'prompty') return !path.startsWith('fence');
  if (host === 'markdown' || host === 'text') return false;
  const steps = path.split(' / ');
  // What a function answers is called as the function is.
  const name = (steps.at(-1) === 'return' ? steps.at(-2) : steps.at(-1)) ?? '';
  const isTold = telling.test(name) || (vague.test(name) && speaks.test(text));
  return isTold && text.split(/\s+/).length >= fewestWords;
}

/** Whether the path of a Markdown or text file says that the whole of it is a prompt. */
export function isPromptFile(path: string): boolean {
  return telling.test(path);
}

/** Where a piece of a literal's text stands in its file; an escape or value counts as a whole. */
export function placeInFile(
  { units, inside }: PromptLiteral,
  start: number,
  end: number,
): TextRange {
  let at = 0;
  let from: number | undefined;
  let to = inside.end;
  for (const unit of units) {
    const next = at + unit.text.length;
    const isPlain = unit.kind === 'plain';
    if (from === undefined && start < next) from = isPlain ? unit.start + start - at : unit.start;
    if (end <= next && unit.text !== '') {
      to = isPlain ? unit.start + end - at : unit.end;
      break;
    }
    at = next;
  }
  const begin = from ?? inside.end;
  return { start: begin, end: Math.max(begin, to) };
}
