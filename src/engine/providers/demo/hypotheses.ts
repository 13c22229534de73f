import { weighted } from './chance.ts';
import type { ShownRow } from './optimizerRequest.ts';
import { stem, tellingWords } from './words.ts';

/** A guess why rows have the answer that they should have: they share these words. */
export interface Hypothesis {
  readonly answer: string;
  /** One word or two, as the rows write them. */
  readonly words: readonly string[];
  /** Rows in view that speak for it. */
  readonly support: number;
}

/** A row with the roots of its telling words. */
export interface ReadRow extends ShownRow {
  readonly stems: ReadonlySet<string>;
  /** Root → word as it is written. */
  readonly written: ReadonlyMap<string, string>;
}

/** Takes the words of a row apart. */
export function readWords(row: ShownRow): ReadRow {
  const written = new Map(tellingWords(row.input).map(word => [stem(word), word]));
  return { ...row, stems: new Set(written.keys()), written };
}

const sharpness = 0.35;
const pairPenalty = 0.9;

/**
 * Draws one explanation of the failures from the words in view, by the weights of the design
 * notes (`algorithms.md`, 4.3, step 4): log((n1 + .3) / (n0 + .3)) + .5 · n1, where n1 rows with
 * the answer and n0 rows with another one hold the words. A word seen once is considered only
 * where no word is seen twice.
 */
export function drawHypothesis(
  failures: readonly ReadRow[],
  inView: readonly ReadRow[],
  roll: number,
): Hypothesis | undefined {
  const found = new Map<string, readonly [Hypothesis, number]>();
  for (const failure of failures) {
    for (const words of wordSets(failure, inView)) {
      const key = JSON.stringify([failure.expected, ...words]);
      if (found.has(key)) continue;
      const weighed = weigh(failure, words, inView);
      if (weighed) found.set(key, weighed);
    }
  }
  const all = [...found.values()];
  const repeated = all.filter(([hypothesis]) => hypothesis.support > 1);
  const considered = repeated.length > 0 ? repeated : all;
  return weighted(
    considered.map(([hypothesis, score]) => [hypothesis, Math.exp(score / sharpness)]),
    roll,
  );
}

/** Single words; and pairs of words of which each alone speaks for several answers. */
function wordSets(failure: ReadRow, inView: readonly ReadRow[]): string[][] {
  // What stands in nearly every row tells none from another.
  const words = [...failure.stems].filter(
    word => inView.filter(row => row.stems.has(word)).length < Math.max(3, 0.8 * inView.length),
  );
  const unclear = words.filter(word =>
    inView.some(row => row.expected !== failure.expected && row.stems.has(word)),
  );
  const pairs = unclear.flatMap((left, index) =>
    unclear.slice(index + 1).map(right => [left, right].sort()),
  );
  return [...words.map(word => [word]), ...pairs];
}

function weigh(
  failure: ReadRow,
  words: readonly string[],
  inView: readonly ReadRow[],
): readonly [Hypothesis, number] | undefined {
  const holding = inView.filter(row => words.every(word => row.stems.has(word)));
  const support = holding.filter(row => row.expected === failure.expected).length;
  const against = holding.length - support;
  if (support <= against) return undefined;
  const score =
    Math.log((support + 0.3) / (against + 0.3)) +
    0.5 * support -
    (words.length > 1 ? pairPenalty : 0);
  const written = words.map(word => failure.written.get(word) ?? word);
  return [{ answer: failure.expected, words: written, support }, score];
}

/** The word that most of `wanted` hold and fewest of `others`; undefined where none tells. */
export function separatingWord(
  wanted: readonly ReadRow[],
  others: readonly ReadRow[],
): string | undefined {
  let best: string | undefined;
  let most = 0;
  for (const [root, word] of wanted.flatMap(row => [...row.written])) {
    const hits = wanted.filter(row => row.stems.has(root)).length / wanted.length;
    const misses = others.filter(row => row.stems.has(root)).length / Math.max(1, others.length);
    if (hits - misses > most) [best, most] = [word, hits - misses];
  }
  return best;
}
