import assert from 'node:assert/strict';
import { seededRandom, type Random } from '../../../../src/engine/core/random.ts';
import { bootstrapInterval } from '../../../../src/engine/core/statistics.ts';
import {
  randomResamples,
  type Resample,
} from '../../../../src/engine/core/statistics/bootstrap.ts';
import { centredPValue } from '../../../../src/engine/core/statistics/paired.ts';
import { assertClose, goldenVectors, type Vector } from '../../../support/goldenVectors.ts';

interface ResampleOption {
  readonly kind: 'exhaustive' | 'explicit' | 'lcg32' | 'random';
  readonly indices?: readonly Resample[];
  readonly seed?: number;
  readonly n_resamples?: number;
}

describe('Bootstrap interval', () => {
  for (const vector of goldenVectors('bootstrap_ci')) {
    const method = { percentile: 'percentile', BCa: 'bca' }[String(vector.options['method'])];
    // The basic (reflected) interval is not offered.
    if (method !== 'percentile' && method !== 'bca') continue;
    const values = vector.predictions as number[];
    const confidence = vector.options['confidence_level'] as number;
    if (vector.expected['raises']) {
      it(`refuses what scipy refuses: ${vector.note ?? vector.id}`, () => {
        const request = { count: values.length, statistic: () => 0, resamples: [] };
        assert.throws(() => bootstrapInterval(request), RangeError);
      });
      continue;
    }
    it(`agrees with scipy on ${vector.id}, ${method}`, () => {
      const statistic = statisticOf(vector, values);
      const count = values.length;
      const resamples = resamplesOf(vector, count);
      const { low, high } = bootstrapInterval({ count, statistic, resamples, method, confidence });
      // scipy gives no corrected interval for rows that are all alike; the plain one is answered.
      if (vector.expected['low'] === 'NaN') {
        const plain = { count, statistic, resamples: resamplesOf(vector, count), confidence };
        assert.deepEqual({ low, high }, bootstrapInterval({ ...plain, method: 'percentile' }));
        return;
      }
      const tolerance = vector.expected_tolerance;
      assertClose(low, vector.expected['low'], `${vector.id} low`, tolerance?.['low']);
      assertClose(high, vector.expected['high'], `${vector.id} high`, tolerance?.['high']);
    });
  }
});

describe('Paired bootstrap', () => {
  for (const vector of goldenVectors('paired_bootstrap')) {
    if (vector.metric !== 'paired_bootstrap' || vector.expected['raises']) continue;
    it(`agrees with numpy on ${vector.id}`, () => {
      const after = vector.predictions as number[];
      const before = vector.references as number[];
      const count = after.length;
      const difference = (rows: Resample): number => meanAt(after, rows) - meanAt(before, rows);
      const request = {
        count,
        statistic: difference,
        resamples: resamplesOf(vector, count),
        method: 'percentile',
        confidence: vector.options['confidence_level'] as number,
      } as const;
      if (count === 1) {
        // numpy answers the one difference as an interval of no width; we refuse to be so sure.
        assert.throws(() => bootstrapInterval(request), RangeError);
      } else {
        const { low, high } = bootstrapInterval(request);
        assertClose(low, vector.expected['ci_low'], `${vector.id} low`);
        assertClose(high, vector.expected['ci_high'], `${vector.id} high`);
      }
      const all = Array.from({ length: count }, (_, row) => row);
      assertClose(
        centredPValue(difference, difference(all), resamplesOf(vector, count)),
        vector.expected['p_two_sided_centred'],
        `${vector.id} p`,
      );
    });
  }
});

function statisticOf(vector: Vector, values: readonly number[]): (rows: Resample) => number {
  switch (vector.options['statistic']) {
    case 'mean':
      return rows => meanAt(values, rows);
    case 'median':
      return rows => median(Array.from(rows, row => values[row] ?? NaN));
    case 'std_ddof1':
      return rows => spread(Array.from(rows, row => values[row] ?? NaN));
    default:
      throw new Error(`Unknown statistic in ${vector.id}.`);
  }
}

function meanAt(values: readonly number[], rows: Resample): number {
  let sum = 0;
  for (const row of rows) sum += values[row] ?? NaN;
  return sum / rows.length;
}

function median(values: number[]): number {
  const sorted = values.sort((left, right) => left - right);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}

function spread(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

function resamplesOf(vector: Vector, count: number): Iterable<Resample> {
  const option = vector.options['resample'] as ResampleOption;
  const times = option.n_resamples ?? 0;
  switch (option.kind) {
    case 'explicit':
      return option.indices ?? [];
    case 'exhaustive':
      return everyResample(count);
    case 'lcg32':
      return randomResamples(count, times, congruential(option.seed ?? 0));
    case 'random':
      return randomResamples(count, times, seededRandom(1, vector.id));
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
