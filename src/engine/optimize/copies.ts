import type { Example } from '../core/example.ts';
import { wordsOf } from './words.ts';

/** Consecutive words that make a copy. */
export const copiedWords = 8;

/** Up to so many of the rows in which these words stand one after the other, as {@link spansOf} spells them. */
export type RowsWith = (span: string, most: number) => readonly Example[];

/** Every run of {@link copiedWords} words of a text, in lower case. */
export function spansOf(text: string): ReadonlySet<string> {
  const words = wordsOf(text);
  const spans = new Set<string>();
  for (let at = 0; at + copiedWords <= words.length; at++) {
    spans.add(words.slice(at, at + copiedWords).join(' '));
  }
  return spans;
}

/** Rows beyond these would not fit beside a hash into one number. */
const mostRows = 2 ** 20;

/** An index of the spans of rows: a sorted list of hash and row, made when it is first asked. */
export function rowsBySpan(examples: readonly Example[]): RowsWith {
  let index: Float64Array | undefined;
  const read = new Map<Example, string>();
  const wordsOfRow = (row: Example): string => {
    const words =
      read.get(row) ??
      textsOf(row)
        .map(text => ` ${wordsOf(text).join(' ')} `)
        .join('\n');
    read.set(row, words);
    return words;
  };
  return (span, most) => {
    index ??= indexOf(examples);
    const from = hashOf(span) * mostRows;
    const rows: Example[] = [];
    for (let at = firstFrom(index, from); at < index.length && rows.length < most; at++) {
      const entry = index[at] ?? 0;
      if (entry >= from + mostRows) break;
      const row = examples[entry - from];
      // Two spans may have one hash.
      if (row && wordsOfRow(row).includes(` ${span} `)) rows.push(row);
    }
    return rows;
  };
}

function indexOf(examples: readonly Example[]): Float64Array {
  const entries = examples.flatMap((example, row) =>
    [...spansOfRow(example)].map(span => hashOf(span) * mostRows + row),
  );
  return Float64Array.from(entries).sort();
}

function spansOfRow(example: Example): ReadonlySet<string> {
  return new Set(textsOf(example).flatMap(text => [...spansOf(text)]));
}

function textsOf({ inputs, expected = '' }: Example): string[] {
  return [...Object.values(inputs), expected];
}

/** Place of the first entry that is not below a value. */
function firstFrom(index: Float64Array, value: number): number {
  let low = 0;
  let high = index.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((index[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** FNV-1a (Fowler, Noll, Vo), 32 bits, over UTF-16 units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
}
