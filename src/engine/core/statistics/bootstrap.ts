import type { Random } from '../random.ts';
import { normalCdf, normalQuantile, z95 } from './normal.ts';
import type { Interval } from './wilson.ts';

/** The rows of one resample, by position; a row may stand in it several times or not at all. */
export type Resample = readonly number[] | Uint32Array;

/** What an interval is resampled from. */
export interface BootstrapRequest {
  /** Number of rows. */
  readonly count: number;
  /** The corpus value over the rows at these positions. */
  readonly statistic: (rows: Resample) => number;
  /** See `randomResamples`; each is read before the next is asked for. */
  readonly resamples: Iterable<Resample>;
  /** `bca` corrects bias and skew (Efron 1987), default; `basic` mirrors the percentiles. */
  readonly method?: 'percentile' | 'basic' | 'bca';
  /** Default 0.95. */
  readonly confidence?: number;
}

/**
 * Bootstrap interval of a corpus value (Efron and Tibshirani 1993, chapters 13 and 14), as
 * `scipy.stats.bootstrap` computes it: linear interpolation between order statistics, ties below
 * the estimate counted half, acceleration from the jackknife. Where all resamples agree the
 * corrected interval is not defined and the plain one is answered.
 */
export function bootstrapInterval(request: BootstrapRequest): Interval {
  const { count, statistic, resamples, method = 'bca', confidence = 0.95 } = request;
  if (count < 2) throw new RangeError('A bootstrap interval needs at least two rows.');
  const drawn: number[] = [];
  for (const rows of resamples) drawn.push(statistic(rows));
  const values = Float64Array.from(drawn).sort();
  const tail = (1 - confidence) / 2;
  const shares =
    method === 'bca' ? correctedShares(values, count, statistic, tail) : [tail, 1 - tail];
  const low = quantile(values, shares[0] ?? NaN);
  const high = quantile(values, shares[1] ?? NaN);
  if (method !== 'basic') return { low, high };
  const twice = 2 * statistic(allRows(count));
  return { low: twice - high, high: twice - low };
}

/** `times` random resamples of `count` rows. One buffer is used again and again. */
export function* randomResamples(count: number, times: number, random: Random): Iterable<Resample> {
  const rows = new Uint32Array(count);
  for (let time = 0; time < times; time++) {
    for (let at = 0; at < count; at++) rows[at] = Math.floor(random() * count);
    yield rows;
  }
}

// Beyond this many rows the jackknife costs more than the skew that it corrects is worth.
const jackknifeLimit = 1000;

function correctedShares(
  sorted: Float64Array,
  count: number,
  statistic: (rows: Resample) => number,
  tail: number,
): [number, number] {
  const bias = normalQuantile(shareBelow(sorted, statistic(allRows(count))));
  const acceleration = count > jackknifeLimit ? 0 : jackknifeSkew(count, statistic);
  if (!Number.isFinite(bias) || !Number.isFinite(acceleration)) return [tail, 1 - tail];
  const z = tail === 0.025 ? z95 : -normalQuantile(tail);
  const share = (shift: number): number => {
    const moved = bias + shift;
    return normalCdf(bias + moved / (1 - acceleration * moved));
  };
  return [share(-z), share(z)];
}

/** Share of the values below the estimate, ties half; equal to the last bit, as scipy compares. */
function shareBelow(sorted: Float64Array, estimate: number): number {
  let below = 0;
  for (const value of sorted) {
    if (value === estimate) below += 0.5;
    else if (value < estimate) below += 1;
  }
  return below / sorted.length;
}

function jackknifeSkew(count: number, statistic: (rows: Resample) => number): number {
  const values = Array.from({ length: count }, (_, left) =>
    statistic(allRows(count).filter(row => row !== left)),
  );
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  let squares = 0;
  let cubes = 0;
  for (const value of values) {
    squares += (mean - value) ** 2;
    cubes += (mean - value) ** 3;
  }
  return squares < 1e-24 ? NaN : cubes / (6 * squares ** 1.5);
}

function allRows(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, row) => row);
}

/** Linear interpolation at position (B − 1) q, as in numpy. */
function quantile(sorted: Float64Array, q: number): number {
  const position = Math.min(1, Math.max(0, q)) * (sorted.length - 1);
  const below = sorted[Math.floor(position)] ?? NaN;
  const above = sorted[Math.ceil(position)] ?? NaN;
  return below + (above - below) * (position - Math.floor(position));
}
