import { findMarks } from './marks.ts';

/** The ways in which prompts mark a variable. */
export type Dialect = 'mustache' | 'brace' | 'dollar' | 'percent';

/** One occurrence of a variable in a prompt text; `start` and `end` are UTF-16 offsets. */
export interface Placeholder {
  readonly name: string;
  readonly dialect: Dialect;
  readonly raw: string;
  readonly start: number;
  readonly end: number;
}

/** What a rewrite did to the placeholders and block tags of a prompt, by their raw spelling; counts matter. */
export interface PlaceholderChange {
  readonly lost: readonly string[];
  readonly invented: readonly string[];
}

const word = String.raw`[\p{L}_][\p{L}\p{M}\p{N}_]*`;
const path = String.raw`[\p{L}_][\p{L}\p{M}\p{N}_.]*`;
const dashed = String.raw`[\p{L}_][\p{L}\p{M}\p{N}_.-]*`;

// Longest marks first: `{{x}}` is one mustache, not a brace inside braces. `%%(x)s` is a percent
// sign that was written twice to be one, and `{{else}}` belongs to a block.
const marks: readonly (readonly [Dialect, string])[] = [
  ['mustache', String.raw`\{\{\{\s*(${dashed})\s*\}\}\}`],
  ['mustache', String.raw`\{\{(?!\s*else\s*\}\})\s*(${dashed})\s*\}\}`],
  ['dollar', String.raw`\$\{(${path})\}`],
  ['percent', String.raw`(?<!%)%\((${word})\)[sdifr]`],
  ['brace', String.raw`(?<!\{)\{(${path})\}`],
];
const anyMark = new RegExp(marks.map(([, source]) => source).join('|'), 'gu');

/**
 * Every placeholder of `text`, in order, without overlaps. `{}`, the braces of JSON and block tags
 * (`{{#if x}}`, `{{/if}}`, `{{else}}`) are text and no placeholders.
 */
export function findPlaceholders(text: string): Placeholder[] {
  return [...text.matchAll(anyMark)].map(match => {
    const group = marks.findIndex((_mark, index) => match[index + 1] !== undefined);
    const raw = match[0];
    return {
      name: match[group + 1] ?? '',
      dialect: marks[group]?.[0] ?? 'mustache',
      raw,
      start: match.index,
      end: match.index + raw.length,
    };
  });
}

const blockTag = /\{\{\{?\s*(?:[#/^>&]|else\b)[^{}]*\}\}\}?|\{%[^{}]*?%\}/gu;

/** The block tags of a text (`{{#if x}}`, `{{else}}`, `{% endfor %}`) as they are spelled, in order. */
export function findBlockTags(text: string): string[] {
  return [...text.matchAll(blockTag)].map(match => match[0]);
}

/** Puts the values in, each exactly as it is; a placeholder without a value stays as written. */
export function fillPlaceholders(text: string, values: Readonly<Record<string, string>>): string {
  let filled = '';
  let end = 0;
  for (const placeholder of findPlaceholders(text)) {
    const value = Object.hasOwn(values, placeholder.name) ? values[placeholder.name] : undefined;
    filled += text.slice(end, placeholder.start) + (value ?? placeholder.raw);
    end = placeholder.end;
  }
  return filled + text.slice(end);
}

/**
 * Compares the marks of two texts (placeholders of every dialect with their filters and formats,
 * block tags, `<x>`) as multisets of their raw spelling. `values` are spellings that only the host
 * language knows to be placeholders, such as `{a + b}` in an f-string.
 */
export function comparePlaceholders(
  before: string,
  after: string,
  values: readonly string[] = [],
): PlaceholderChange {
  const left = rawMarks(before, values);
  const right = rawMarks(after, values);
  return { lost: minus(left, right), invented: minus(right, left) };
}

function rawMarks(text: string, values: readonly string[]): string[] {
  const marks = findMarks(text).map(mark => mark.raw);
  const known = new Set(marks);
  const further = [...new Set(values)].filter(value => value !== '' && !known.has(value));
  return [
    ...marks,
    ...further.flatMap(value => Array<string>(text.split(value).length - 1).fill(value)),
  ];
}

function minus(left: readonly string[], right: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const item of right) counts.set(item, (counts.get(item) ?? 0) + 1);
  return left.filter(item => {
    const rest = counts.get(item) ?? 0;
    counts.set(item, rest - 1);
    return rest <= 0;
  });
}
