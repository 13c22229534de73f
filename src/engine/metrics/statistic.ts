import type { Score } from '../core/score.ts';

/** A number of a row's statistic. Throws `TypeError` for a score that another metric made. */
export function figureIn(score: Score, key: string, metric: string): number {
  const figure = score.statistic?.[key];
  if (typeof figure !== 'number') {
    throw new TypeError(`This score was not made by ${metric}: it holds no number "${key}".`);
  }
  return figure;
}

/** The sum of a number over rows. Throws as `figureIn` does. */
export function sumOf(scores: readonly Score[], key: string, metric: string): number {
  let sum = 0;
  for (const score of scores) sum += figureIn(score, key, metric);
  return sum;
}

/** The mean of a number over rows. Throws as `figureIn` does. */
export function meanOf(scores: readonly Score[], key: string, metric: string): number {
  return sumOf(scores, key, metric) / scores.length;
}

/**
 * Sums of several numbers over rows, in the order of the keys. The numbers of a row are read once:
 * an interval asks for the same rows thousands of times. Throws as `figureIn` does.
 */
export function sumReader(
  keys: readonly string[],
  metric: string,
): (scores: readonly Score[]) => Float64Array {
  const read = new WeakMap<Score, Float64Array>();
  return scores => {
    const sums = new Float64Array(keys.length);
    for (const score of scores) {
      let figures = read.get(score);
      if (!figures) {
        figures = Float64Array.from(keys, key => figureIn(score, key, metric));
        read.set(score, figures);
      }
      for (let at = 0; at < sums.length; at++) sums[at] = (sums[at] ?? 0) + (figures[at] ?? 0);
    }
    return sums;
  };
}
