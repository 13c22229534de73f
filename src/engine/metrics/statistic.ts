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
