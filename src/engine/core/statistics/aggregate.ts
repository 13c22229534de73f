import type { Metric } from '../metric.ts';
import { seededRandom } from '../random.ts';
import type { Aggregate, Score } from '../score.ts';
import { bootstrapInterval, randomResamples, type Resample } from './bootstrap.ts';
import { shownBy } from './shown.ts';
import { wilsonInterval, type Interval } from './wilson.ts';

/**
 * The corpus value of a metric with its 95 % interval: Wilson where rows are right or wrong and
 * the corpus value is their share, else a seeded bootstrap over rows. Equal input, equal interval.
 * Throws `RangeError` where there is no row: no rows is not a score of 0.
 */
export function aggregateOf(scores: readonly Score[], metric: Metric, seed: number): Aggregate {
  const count = scores.length;
  if (count === 0) throw new RangeError('There is no scored row to aggregate.');
  const value = metric.aggregate(scores);
  const interval = areRightOrWrong(scores, metric)
    ? wilsonInterval(passedOf(scores), count)
    : resampledInterval(scores, metric, seed, value);
  const bounds = around(interval, value);
  return { value, ...bounds, count, ...shownBy(metric, { value, ...bounds }) };
}

/** Whether rows are 0 or 1 and the corpus value is their mean. */
export function areRightOrWrong(scores: readonly Score[], metric: Metric): boolean {
  // A row with a statistic belongs to a metric whose corpus value is something else than the mean.
  const binary = scores.every(
    score => score.statistic === undefined && (score.value === 0 || score.value === 1),
  );
  return binary && Math.abs(metric.aggregate(scores) - passedOf(scores) / scores.length) <= 1e-12;
}

/** Resamples: 10,000 for 200 rows and fewer, down to 1,000, so that no interval takes a second. */
export function resamplesFor(count: number): number {
  return Math.round(Math.min(10_000, Math.max(1000, 2_000_000 / count)));
}

/** The corpus value over the rows at the positions of a resample. */
export function valueOver(scores: readonly Score[], metric: Metric): (rows: Resample) => number {
  return metric.valueOver?.(scores) ?? (rows => metric.aggregate(scoresAt(scores, rows)));
}

function scoresAt(scores: readonly Score[], rows: Resample): Score[] {
  const drawn: Score[] = [];
  for (const row of rows) {
    const score = scores[row];
    if (score) drawn.push(score);
  }
  return drawn;
}

function resampledInterval(
  scores: readonly Score[],
  metric: Metric,
  seed: number,
  value: number,
): Interval {
  const count = scores.length;
  if (count > 1) {
    const random = seededRandom(seed, 'interval', metric.name, count);
    const interval = bootstrapInterval({
      count,
      statistic: valueOver(scores, metric),
      resamples: randomResamples(count, resamplesFor(count), random),
    });
    if (interval.high - interval.low > 1e-12) return interval;
  }
  // Rows that are all alike say nothing of their spread to a bootstrap, and would look certain.
  return wilsonInterval(Math.min(1, Math.max(0, value)) * count, count);
}

function passedOf(scores: readonly Score[]): number {
  return scores.reduce((sum, score) => sum + score.value, 0);
}

/** An interval that holds its own estimate, which a corrected one may miss by a hair. */
function around(interval: Interval, value: number): Interval {
  return { low: Math.min(interval.low, value), high: Math.max(interval.high, value) };
}
