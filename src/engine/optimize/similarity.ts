import type { Example } from '../core/example.ts';
import { wordsOf } from './words.ts';

/** How alike the inputs of two rows are, 0..1. */
export type Similarity = (left: Example, right: Example) => number;

/**
 * Share of words that two rows have in common, rare words counting more: weighted Jaccard, each
 * word weighted by its inverse document frequency ln(1 + N / n) over `examples`.
 */
export function wordSimilarity(examples: readonly Example[]): Similarity {
  const words = new Map(examples.map(example => [example.id, inputWords(example)]));
  const rowsWith = new Map<string, number>();
  for (const row of words.values()) {
    for (const word of row) rowsWith.set(word, (rowsWith.get(word) ?? 0) + 1);
  }
  const weight = (word: string): number =>
    Math.log(1 + examples.length / (rowsWith.get(word) ?? 1));
  const sum = (row: Iterable<string>): number => {
    let total = 0;
    for (const word of row) total += weight(word);
    return total;
  };
  return (left, right) => {
    const a = words.get(left.id) ?? inputWords(left);
    const b = words.get(right.id) ?? inputWords(right);
    const shared = sum([...a].filter(word => b.has(word)));
    const all = sum(a) + sum(b) - shared;
    return all === 0 ? 0 : shared / all;
  };
}

function inputWords(example: Example): ReadonlySet<string> {
  return new Set(Object.values(example.inputs).flatMap(wordsOf));
}
