import type { Metric } from '../core/metric.ts';
import type { Score } from '../core/score.ts';
import { referencesOf } from './expected.ts';
import { expectedButGot } from './feedback.ts';
import { requireEqualReferences, requirePairs } from './pairing.ts';
import { commonNgrams, ngramCounts, type NgramCounts } from './ngrams.ts';
import { splitWords, withoutSpace } from './pythonText.ts';
import { percentage } from './scale.ts';
import { sumReader } from './statistic.ts';

/** Options as sacrebleu names them. */
export interface ChrfOptions {
  /** Longest run of characters; 6 where absent. */
  readonly char_order?: number;
  /** Longest run of words; 0 where absent, 2 for chrF++. */
  readonly word_order?: number;
  /** How much more recall counts than precision; 2 where absent. */
  readonly beta?: number;
  readonly lowercase?: boolean;
  /** Whether whitespace counts as a character. */
  readonly whitespace?: boolean;
  readonly eps_smoothing?: boolean;
}

/** For each order, characters first: n-grams of the answer, of the reference, in common. */
export type ChrfCounts = readonly (readonly [given: number, due: number, common: number])[];

/** Counts of one row against the reference with the best chrF, the first of equal ones. */
export function chrfCounts(
  prediction: string,
  references: readonly string[],
  options: ChrfOptions = {},
): ChrfCounts {
  const given = ordersOf(prediction, options);
  let best: { counts: ChrfCounts; score: number } | undefined;
  for (const reference of references) {
    const due = ordersOf(reference, options);
    const counts = given.map(({ ngrams, total }, at) => {
      const other = due[at] ?? { ngrams: new Map<string, number>(), total: 0 };
      // Without any n-gram in the reference, those of the answer are no misses.
      return [
        other.total === 0 ? 0 : total,
        other.total,
        commonNgrams(ngrams, other.ngrams),
      ] as const;
    });
    const score = chrfOf(counts, options);
    if (!best || score > best.score) best = { counts, score };
  }
  return best?.counts ?? given.map(() => [0, 0, 0]);
}

/** chrF of sums, 0..100: one F-score of the mean precision and the mean recall of the orders. */
export function chrfOf(
  counts: ChrfCounts,
  { beta = 2, eps_smoothing = false }: ChrfOptions = {},
): number {
  const factor = beta * beta;
  const fScore = (precision: number, recall: number): number =>
    ((1 + factor) * precision * recall) / (factor * precision + recall);
  if (eps_smoothing) {
    const empty = 1e-16;
    const sum = counts.reduce((total, [given, due, common]) => {
      const precision = given > 0 ? common / given : empty;
      const recall = due > 0 ? common / due : empty;
      return total + (factor * precision + recall > 0 ? fScore(precision, recall) : empty);
    }, 0);
    return (100 * sum) / counts.length;
  }
  const orders = counts.filter(([given, due]) => given > 0 && due > 0);
  if (orders.length === 0) return 0;
  const precision = orders.reduce((sum, [given, , common]) => sum + common / given, 0);
  const recall = orders.reduce((sum, [, due, common]) => sum + common / due, 0);
  if (precision + recall === 0) return 0;
  return 100 * fScore(precision / orders.length, recall / orders.length);
}

/** Sums of rows. */
export function sumOfChrf(rows: readonly ChrfCounts[]): ChrfCounts {
  const [first = [], ...others] = rows;
  const sums = first.map(([given, due, common]): [number, number, number] => [given, due, common]);
  for (const row of others) {
    row.forEach(([given, due, common], at) => {
      const sum = sums[at];
      if (!sum) return;
      sum[0] += given;
      sum[1] += due;
      sum[2] += common;
    });
  }
  return sums;
}

/**
 * chrF and, with words, chrF++ over rows, 0..100 (Popović 2015, 2017), as sacrebleu 2.6.0 computes
 * them. Throws `RequestError` for no rows and where rows differ in their number of references.
 */
export function chrf(
  predictions: readonly string[],
  references: readonly (readonly string[])[],
  options: ChrfOptions = {},
): number {
  requirePairs('chrf', predictions, references);
  requireEqualReferences('chrf', references);
  const rows = predictions.map((text, row) => chrfCounts(text, references[row] ?? [], options));
  return chrfOf(sumOfChrf(rows), options);
}

/** `chrf` and `chrf++`: the corpus value from the rows' counts. */
export function chrfMetric(name: string, options: ChrfOptions): Metric {
  const orders = (options.char_order ?? 6) + (options.word_order ?? 0);
  const words = options.word_order ? ' and words' : '';
  const countsIn = countsReader(orders, name);
  return {
    name,
    description: `Runs of characters${words} in common with the expected answer, in any script (chrF), 0 to 100.`,
    needs: 'expected',
    ...percentage,
    score: async (output, example) => {
      const references = referencesOf(example, name);
      const counts = chrfCounts(output, references, options);
      const statistic: Record<string, number> = {};
      counts.forEach(([given, due, common], at) => {
        statistic[`given${at + 1}`] = given;
        statistic[`due${at + 1}`] = due;
        statistic[`common${at + 1}`] = common;
      });
      const value = Math.min(1, chrfOf(counts, options) / 100);
      if (value > 1 - 1e-12) return { value: 1, statistic };
      return { value, statistic, feedback: expectedButGot(references[0] ?? '', output) };
    },
    aggregate: scores => Math.min(1, chrfOf(countsIn(scores), options) / 100),
  };
}

/** Reads sums of the counts that scores hold. */
function countsReader(orders: number, metric: string): (scores: readonly Score[]) => ChrfCounts {
  const places = Array.from({ length: orders }, (_, at) => at + 1);
  const keys = places.flatMap(n => [`given${n}`, `due${n}`, `common${n}`]);
  const sums = sumReader(keys, metric);
  return scores => {
    const figures = sums(scores);
    return places.map((_, at) => [
      figures[3 * at] ?? 0,
      figures[3 * at + 1] ?? 0,
      figures[3 * at + 2] ?? 0,
    ]);
  };
}

/** Words of chrF++: a mark at the end of a word stands alone, or else one at its beginning. */
export function chrfWords(text: string): string[] {
  return splitWords(text).flatMap(word => {
    const characters = Array.from(word);
    if (characters.length === 1) return [word];
    if (/[!-/:-@[-`{-~]$/u.test(word)) return [word.slice(0, -1), word.slice(-1)];
    return /^[!-/:-@[-`{-~]/u.test(word) ? [word.slice(0, 1), word.slice(1)] : [word];
  });
}

function ordersOf(
  text: string,
  { char_order = 6, word_order = 0, lowercase, whitespace }: ChrfOptions,
): { ngrams: NgramCounts; total: number }[] {
  const ready = lowercase ? text.toLowerCase() : text;
  const characters = whitespace ? ready : withoutSpace(ready);
  const ends = characterEnds(characters);
  const words = word_order > 0 ? chrfWords(ready) : [];
  const orders = [];
  for (let n = 1; n <= char_order; n++) {
    orders.push({
      ngrams: characterRuns(characters, ends, n),
      total: Math.max(ends.length - n, 0),
    });
  }
  for (let n = 1; n <= word_order; n++) {
    orders.push({ ngrams: ngramCounts(words, n), total: Math.max(words.length - n + 1, 0) });
  }
  return orders;
}

/** Runs of `n` characters; `ends` holds where each character begins, and the end of the text. */
function characterRuns(text: string, ends: readonly number[], n: number): NgramCounts {
  const counts = new Map<string, number>();
  for (let start = 0; start + n < ends.length; start++) {
    const run = text.slice(ends[start], ends[start + n]);
    counts.set(run, (counts.get(run) ?? 0) + 1);
  }
  return counts;
}

function characterEnds(text: string): number[] {
  const ends = [0];
  let end = 0;
  for (const character of text) ends.push((end += character.length));
  return ends;
}
