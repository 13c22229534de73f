import type { Score, Statistic } from '../core/score.ts';
import { commonNgrams, largestCounts, ngramCounts } from './ngrams.ts';
import { sumReader } from './statistic.ts';

/** What BLEU needs of one row or of many, in sums: lengths in words, n-grams by order from 1. */
export interface BleuCounts {
  readonly length: number;
  readonly referenceLength: number;
  readonly matches: readonly number[];
  readonly totals: readonly number[];
}

/** Clipped n-gram matches of one answer; `referenceLength` is chosen from the references' lengths. */
export function bleuCounts(
  prediction: readonly string[],
  references: readonly (readonly string[])[],
  maxOrder: number,
  lengthOf: (lengths: readonly number[], own: number) => number,
): BleuCounts {
  const matches: number[] = [];
  const totals: number[] = [];
  for (let n = 1; n <= maxOrder; n++) {
    const due = largestCounts(references.map(words => ngramCounts(words, n)));
    matches.push(commonNgrams(ngramCounts(prediction, n), due));
    totals.push(Math.max(prediction.length - n + 1, 0));
  }
  const lengths = references.map(words => words.length);
  const length = prediction.length;
  return { length, referenceLength: lengthOf(lengths, length), matches, totals };
}

/** Sums of rows. */
export function sumOfCounts(rows: readonly BleuCounts[], orders: number): BleuCounts {
  const matches = Array.from({ length: orders }, () => 0);
  const totals = [...matches];
  let length = 0;
  let referenceLength = 0;
  for (const row of rows) {
    length += row.length;
    referenceLength += row.referenceLength;
    for (let at = 0; at < orders; at++) {
      matches[at] = (matches[at] ?? 0) + (row.matches[at] ?? 0);
      totals[at] = (totals[at] ?? 0) + (row.totals[at] ?? 0);
    }
  }
  return { length, referenceLength, matches, totals };
}

/** Counts as the statistic of a row. */
export function statisticOfCounts(counts: BleuCounts): Statistic {
  const statistic: Record<string, number> = {
    length: counts.length,
    referenceLength: counts.referenceLength,
  };
  counts.matches.forEach((match, at) => {
    statistic[`matches${at + 1}`] = match;
    statistic[`totals${at + 1}`] = counts.totals[at] ?? 0;
  });
  return statistic;
}

/** Reads sums of the counts that scores hold. Throws `TypeError` for scores of another metric. */
export function countsReader(
  orders: number,
  metric: string,
): (scores: readonly Score[]) => BleuCounts {
  const places = Array.from({ length: orders }, (_, at) => at + 1);
  const matches = places.map(n => `matches${n}`);
  const totals = places.map(n => `totals${n}`);
  const sums = sumReader(['length', 'referenceLength', ...matches, ...totals], metric);
  return scores => {
    const [length = 0, referenceLength = 0, ...counts] = sums(scores);
    return {
      length,
      referenceLength,
      matches: counts.slice(0, orders),
      totals: counts.slice(orders),
    };
  };
}
