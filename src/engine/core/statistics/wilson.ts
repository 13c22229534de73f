import { betaQuantile } from './beta.ts';
import { normalQuantile, z95 } from './normal.ts';

/** Lower and upper bound. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Score interval of a rate, `passed` of `count` (Wilson 1927, JASA 22). Clamped to 0..1; NaN for
 * no rows. `passed` need not be whole: for values in 0..1 with mean `passed / count` the interval
 * is conservative, because no variable in 0..1 varies more than p(1 − p).
 */
export function wilsonInterval(passed: number, count: number, confidence = 0.95): Interval {
  if (!(count > 0)) return { low: NaN, high: NaN };
  const z = confidence === 0.95 ? z95 : normalQuantile(1 - (1 - confidence) / 2);
  const rate = passed / count;
  const spread = (z * z) / count;
  const centre = (rate + spread / 2) / (1 + spread);
  const half = (z * Math.sqrt((rate * (1 - rate)) / count + spread / (4 * count))) / (1 + spread);
  return {
    low: passed === 0 ? 0 : Math.max(0, centre - half),
    high: passed === count ? 1 : Math.min(1, centre + half),
  };
}

/**
 * Exact interval of a rate (Clopper and Pearson 1934, Biometrika 26): never covers less often than
 * it says, so it is wider than Wilson's. 0 to 1 for no rows, of which nothing is known.
 */
export function clopperPearsonInterval(passed: number, count: number, confidence = 0.95): Interval {
  const tail = (1 - confidence) / 2;
  return {
    low: passed === 0 ? 0 : betaQuantile(tail, passed, count - passed + 1),
    high: passed === count ? 1 : betaQuantile(1 - tail, passed + 1, count - passed),
  };
}
