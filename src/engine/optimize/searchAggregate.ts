import type { Metric } from '../core/metric.ts';
import type { Aggregate, Score } from '../core/score.ts';
import { aggregateOf } from '../core/statistics.ts';
import { areRightOrWrong } from '../core/statistics/aggregate.ts';
import { shownBy } from '../core/statistics/shown.ts';

/**
 * A corpus value while the search goes on, with a 95 % interval that costs little: as `aggregateOf`
 * where rows are right or wrong, else value ± 1.96 jackknife standard errors (Efron 1982, The
 * Jackknife, the Bootstrap and Other Resampling Plans, ch. 3), kept within 0..1. A bootstrap of
 * every look would take longer than the models do; figures that are claimed are bootstrapped.
 */
export function searchAggregate(scores: readonly Score[], metric: Metric, seed: number): Aggregate {
  const count = scores.length;
  if (count < 3 || areRightOrWrong(scores, metric)) return aggregateOf(scores, metric, seed);
  const value = metric.aggregate(scores);
  const without = scores.map((_, row) => metric.aggregate(scores.toSpliced(row, 1)));
  const mean = without.reduce((sum, each) => sum + each, 0) / count;
  const squares = without.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  const margin = 1.96 * Math.sqrt(((count - 1) / count) * squares);
  const bounds = { low: Math.max(0, value - margin), high: Math.min(1, value + margin) };
  return { value, ...bounds, count, ...shownBy(metric, { value, ...bounds }) };
}
