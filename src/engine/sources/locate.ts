import { enclosingFence } from './fence.ts';
import { isBlank, trimmed, type TextRange } from './range.ts';
import { enclosingString } from './string.ts';
import { nearestParagraph } from './paragraph.ts';

/** What a located range is, from the surest to the widest. */
export type LocatedKind = 'selection' | 'fence' | 'string' | 'paragraph' | 'document';

/** Where a prompt stands in a text: UTF-16 offsets, `end` exclusive. */
export interface LocatedPrompt extends TextRange {
  readonly kind: LocatedKind;
}

/** A document of at most this many characters is taken whole where it is prose. */
export const shortDocument = 4_000;

// VS Code's ids of languages in which a file may well be one prompt and nothing else.
const proseLanguages: ReadonlySet<string> = new Set([
  'plaintext',
  'markdown',
  'mdx',
  'prompt',
  'instructions',
  'chatagent',
  'handlebars',
  'jinja',
  'restructuredtext',
]);

/**
 * Finds the prompt that a person means. A selection that holds more than white space is it. At a
 * bare cursor it is the enclosing fenced block, else (in a programming language that we can read)
 * the enclosing string, else a short prose document as a whole, else the paragraph. Undefined
 * where there is nothing but white space. The characters between `start` and `end` are taken and
 * put back raw; ask {@link staysInPlace} before writing anything else there.
 */
export function locatePrompt(
  text: string,
  selection: TextRange,
  language?: string,
): LocatedPrompt | undefined {
  const { start, end } = ordered(selection, text.length);
  if (start < end) {
    return isBlank(text.slice(start, end)) ? undefined : { start, end, kind: 'selection' };
  }
  if (isBlank(text)) return undefined;
  return (
    named('fence', enclosingFence(text, start)) ??
    named('string', enclosingString(text, start, language)) ??
    named('document', wholeDocument(text, language)) ??
    named('paragraph', nearestParagraph(text, start))
  );
}

/**
 * Whether `replacement`, written raw over a located range, stays inside it: a string must still
 * begin and end where it did, so text with its quote, a backslash, a substitution or, in a
 * single-line string, a line break does not.
 */
export function staysInPlace(
  text: string,
  located: LocatedPrompt,
  replacement: string,
  language?: string,
): boolean {
  if (located.kind !== 'fence' && located.kind !== 'string') return true;
  const after = text.slice(0, located.start) + replacement + text.slice(located.end);
  const around = (whole: string) =>
    located.kind === 'fence'
      ? enclosingFence(whole, located.start)
      : enclosingString(whole, located.start, language, 0);
  const [before, found] = [around(text), around(after)];
  // Measured from both ends: the range may leave out white space at the string's own.
  return (
    before !== undefined &&
    found?.start === before.start &&
    after.length - found.end === text.length - before.end
  );
}

function ordered({ start, end }: TextRange, length: number): TextRange {
  const clamp = (offset: number) => Math.min(Math.max(0, offset), length);
  return { start: clamp(Math.min(start, end)), end: clamp(Math.max(start, end)) };
}

function wholeDocument(text: string, language: string | undefined): TextRange | undefined {
  const range = trimmed(text, { start: 0, end: text.length });
  const isProse = language === undefined || proseLanguages.has(language);
  return isProse && range.end - range.start <= shortDocument ? range : undefined;
}

function named(kind: LocatedKind, range: TextRange | undefined): LocatedPrompt | undefined {
  return range && { ...range, kind };
}
