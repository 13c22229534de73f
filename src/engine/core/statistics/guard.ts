import type { Aggregate } from '../score.ts';

/** Whether a metric that must not get worse has held: `unclear` where the rows are too few. */
export type GuardVerdict = 'held' | 'worse' | 'unclear';

/**
 * Judges a metric that must not get worse by its paired difference after − before: `held` where
 * even the lower bound of the interval lies within the margin (non-inferiority, Piaggio et al.
 * 2012, JAMA 308), `worse` where the whole interval lies below 0 or the difference itself is beyond
 * the margin, else `unclear`. The margin is on the engine's scale, 0..1.
 */
export function guardVerdict({ value, low, high }: Aggregate, margin: number): GuardVerdict {
  if (low >= -margin) return 'held';
  if (high < 0 || value < -margin) return 'worse';
  return 'unclear';
}
