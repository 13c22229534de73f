import type { Metric } from '../metric.ts';
import type { Score } from '../score.ts';
import { areRightOrWrong } from './aggregate.ts';
import { bootstrapInterval } from './bootstrap.ts';
import { normalCdf } from './normal.ts';
import { changedRows, differenceAt, seededResamples } from './paired.ts';
import { tangoScore } from './tango.ts';

/** One-sided level at which a loss counts as excluded. */
const level = 0.05;

/** What a loss is judged by. */
export interface LossFacts {
  readonly metric: Metric;
  /** Of the corpus value, 0..1. */
  readonly margin: number;
  readonly seed: number;
  /** How many times the variance of as many independent rows these have; absent: once. */
  readonly variance?: number;
}

/**
 * Whether a loss of `margin` (0..1) or more from `before` to `after` is excluded, one-sided at 5 %:
 * Tango's score test of paired rates (1998, Statistics in Medicine 17) where rows are right or wrong,
 * else the lower end of the 90 % paired bootstrap interval. Lists are of the same rows in the same
 * order; without a row nothing is excluded.
 */
export function excludesLoss(
  before: readonly Score[],
  after: readonly Score[],
  { metric, margin, seed, variance = 1 }: LossFacts,
): boolean {
  const count = before.length;
  const { fixed, broken } = changedRows(before, after);
  const changes = fixed + broken > 0 || metric.aggregate(before) !== metric.aggregate(after);
  const binary = areRightOrWrong(before, metric) && areRightOrWrong(after, metric);
  if (count > 0 && (binary || !changes)) {
    return normalCdf(-tangoScore(fixed, broken, count, -margin) / Math.sqrt(variance)) < level;
  }
  if (count < 2) return false;
  const { low } = bootstrapInterval({
    count,
    statistic: differenceAt(before, after, metric),
    resamples: seededResamples(count, metric, seed),
    confidence: 1 - 2 * level,
  });
  const value = metric.aggregate(after) - metric.aggregate(before);
  return value - Math.sqrt(variance) * (value - low) > -margin;
}
