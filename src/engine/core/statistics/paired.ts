import type { PairedTest } from '../comparison.ts';
import type { Metric } from '../metric.ts';
import { seededRandom } from '../random.ts';
import type { Aggregate, Score, Shown } from '../score.ts';
import { areRightOrWrong, resamplesFor, valueOver } from './aggregate.ts';
import { bootstrapInterval, randomResamples, type Resample } from './bootstrap.ts';
import { mcnemarMidP } from './mcnemar.ts';
import { ordered } from './shown.ts';
import { tangoInterval } from './tango.ts';
import type { Interval } from './wilson.ts';

/**
 * Difference after − before of a metric on the same rows in the same order, −1..1, with its 95 %
 * interval: Tango's score interval where rows are right or wrong and fewer than 200, or where no
 * row changed; else a seeded paired bootstrap over rows. Throws `RangeError` for no rows or lists of different length.
 */
export function pairedDifference(
  before: readonly Score[],
  after: readonly Score[],
  metric: Metric,
  seed: number,
): Aggregate {
  const count = pairsOf(before, after);
  const value = metric.aggregate(after) - metric.aggregate(before);
  const binary = areRightOrWrong(before, metric) && areRightOrWrong(after, metric);
  const { fixed, broken } = changedRows(before, after);
  const unchanged = fixed + broken === 0 && value === 0;
  if (unchanged || (binary && count < 200)) {
    const difference = around(tangoInterval(fixed, broken, count), value, count);
    return { ...difference, ...movedOnOwnScale(metric, metric.aggregate(before), difference) };
  }
  if (count === 1) return { value, low: -1, high: 1, count };
  const interval = bootstrapInterval({
    count,
    statistic: differenceAt(before, after, metric),
    resamples: seededResamples(count, metric, seed),
  });
  const shown = shownDifference(before, after, metric, seed);
  return { ...around(interval, value, count), ...(shown ? { shown } : {}) };
}

/** The same difference on the metric's own scale, seen from the value before. */
function movedOnOwnScale(
  metric: Metric,
  from: number,
  { value, low, high }: Pick<Aggregate, 'value' | 'low' | 'high'>,
): { readonly shown?: Shown } {
  const { shown } = metric;
  if (!shown) return {};
  // A scale without an end is not defined beyond 0 and 1; a percentage is.
  const endless = metric.range?.some(bound => !Number.isFinite(bound)) ?? false;
  const moved = (by: number): number => {
    const to = endless ? Math.min(1, Math.max(0, from + by)) : from + by;
    return by === 0 ? 0 : shown(to) - shown(from);
  };
  return { shown: ordered(metric, moved(value), moved(low), moved(high)) };
}

/** The difference on the metric's own scale, resampled there: a curved scale bends the interval. */
function shownDifference(
  before: readonly Score[],
  after: readonly Score[],
  metric: Metric,
  seed: number,
): Shown | undefined {
  const { shown } = metric;
  if (!shown) return undefined;
  const value = shown(metric.aggregate(after)) - shown(metric.aggregate(before));
  const valueBefore = valueOver(before, metric);
  const valueAfter = valueOver(after, metric);
  const { low, high } = bootstrapInterval({
    count: before.length,
    statistic: rows => shown(valueAfter(rows)) - shown(valueBefore(rows)),
    resamples: seededResamples(before.length, metric, seed),
  });
  return ordered(metric, value, Math.min(low, value), Math.max(high, value));
}

/**
 * Two-sided p, 0..1, of "both are equally good": McNemar's mid-p where rows are right or wrong,
 * else the paired bootstrap with centred differences (1 + #{|dᵢ − d| ≥ |d|}) / (B + 1), which
 * gives 1 for two equal systems. Throws as `pairedDifference` does.
 */
export function pairedPValue(
  before: readonly Score[],
  after: readonly Score[],
  metric: Metric,
  seed: number,
): number {
  const count = pairsOf(before, after);
  if (areRightOrWrong(before, metric) && areRightOrWrong(after, metric)) {
    const { fixed, broken } = changedRows(before, after);
    return mcnemarMidP(fixed, broken);
  }
  return centredPValue(
    differenceAt(before, after, metric),
    metric.aggregate(after) - metric.aggregate(before),
    seededResamples(count, metric, seed),
  );
}

/** The test that `pairedPValue` makes of these rows. */
export function pairedTest(
  before: readonly Score[],
  after: readonly Score[],
  metric: Metric,
): PairedTest {
  return areRightOrWrong(before, metric) && areRightOrWrong(after, metric)
    ? 'McNemar mid-p'
    : 'paired bootstrap';
}

/** Rows whose score rose and fell. Lists are of the same rows in the same order. */
export function changedRows(
  before: readonly Score[],
  after: readonly Score[],
): { readonly fixed: number; readonly broken: number } {
  let fixed = 0;
  let broken = 0;
  before.forEach((score, row) => {
    const other = after[row]?.value ?? score.value;
    if (other > score.value) fixed++;
    if (other < score.value) broken++;
  });
  return { fixed, broken };
}

/** The p of `pairedPValue` for given resamples of a difference. */
export function centredPValue(
  differenceOf: (rows: Resample) => number,
  difference: number,
  resamples: Iterable<Resample>,
): number {
  let asFar = 0;
  let times = 0;
  for (const rows of resamples) {
    times++;
    if (Math.abs(differenceOf(rows) - difference) >= Math.abs(difference) - 1e-12) asFar++;
  }
  return (1 + asFar) / (times + 1);
}

function around({ low, high }: Interval, value: number, count: number): Aggregate {
  return { value, low: Math.min(low, value), high: Math.max(high, value), count };
}

/** The difference of two corpus values over the rows of a resample. */
export function differenceAt(before: readonly Score[], after: readonly Score[], metric: Metric) {
  const valueBefore = valueOver(before, metric);
  const valueAfter = valueOver(after, metric);
  return (rows: Resample): number => valueAfter(rows) - valueBefore(rows);
}

/** The resamples of a seed that suit a metric. */
export function seededResamples(count: number, metric: Metric, seed: number): Iterable<Resample> {
  const random = seededRandom(seed, 'paired', metric.name, count);
  return randomResamples(count, resamplesFor(count), random);
}

function pairsOf(before: readonly Score[], after: readonly Score[]): number {
  if (before.length !== after.length) {
    throw new RangeError(`${before.length} rows cannot be paired with ${after.length} rows.`);
  }
  if (before.length === 0) throw new RangeError('There is no row to compare.');
  return before.length;
}
