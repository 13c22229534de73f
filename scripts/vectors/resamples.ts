import type { Random } from '../../src/engine/core/random.ts';
import { seededRandom } from '../../src/engine/core/random.ts';
import { randomResamples, type Resample } from '../../src/engine/core/statistics/bootstrap.ts';

interface ResampleOption {
  readonly kind: 'exhaustive' | 'explicit' | 'lcg32' | 'random';
  readonly indices?: readonly Resample[];
  readonly seed?: number;
  readonly n_resamples?: number;
}

/** The rows of each resample, as a vector's option describes them. */
export function resamplesOf(option: unknown, count: number): Iterable<Resample> {
  const { kind, indices = [], seed = 0, n_resamples = 0 } = option as ResampleOption;
  switch (kind) {
    case 'explicit':
      return indices;
    case 'exhaustive':
      return everyResample(count);
    case 'lcg32':
      return randomResamples(count, n_resamples, congruential(seed));
    case 'random':
      return randomResamples(count, n_resamples, seededRandom(1, 'vectors'));
  }
}

/** All n^n resamples in lexicographic order. */
function* everyResample(count: number): Iterable<Resample> {
  for (let number = 0; number < count ** count; number++) {
    yield Array.from(
      { length: count },
      (_, at) => Math.floor(number / count ** (count - 1 - at)) % count,
    );
  }
}

/** The generator that the vectors name: 1664525 s + 1013904223 mod 2^32. */
function congruential(seed: number): Random {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The statistic that a vector resamples. */
export function statisticNamed(
  name: string,
  values: readonly number[],
): (rows: Resample) => number {
  const drawn = (rows: Resample): number[] => Array.from(rows, row => values[row] ?? NaN);
  const statistics: Readonly<Record<string, (rows: Resample) => number>> = {
    mean: rows => mean(drawn(rows)),
    median: rows => median(drawn(rows)),
    std_ddof1: rows => spread(drawn(rows)),
  };
  const statistic = statistics[name];
  if (!statistic) throw new RangeError(`There is no statistic "${name}".`);
  return statistic;
}

function mean(values: readonly number[]): number {
  return sumOf(values) / values.length;
}

/**
 * The sum in the order of numpy, which adds eight places at a time from eight values on: where
 * resamples tie with the estimate, the last bit decides an interval.
 */
function sumOf(values: readonly number[]): number {
  if (values.length < 8 || values.length > 128) {
    return values.reduce((sum, value) => sum + value, 0);
  }
  const whole = values.length - (values.length % 8);
  const lanes = values.slice(0, 8);
  for (let at = 8; at < whole; at++) lanes[at % 8] = (lanes[at % 8] ?? 0) + (values[at] ?? 0);
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = lanes;
  const eight = a + b + (c + d) + (e + f + (g + h));
  return values.slice(whole).reduce((sum, value) => sum + value, eight);
}

function median(values: number[]): number {
  const sorted = values.sort((left, right) => left - right);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}

function spread(values: readonly number[]): number {
  const centre = mean(values);
  const squares = sumOf(values.map(value => (value - centre) ** 2));
  return Math.sqrt(squares / (values.length - 1));
}
