import type { Aggregate } from '../score.ts';

/** Whether a metric that must not get worse has held: `unclear` where the rows are too few. */
export type GuardVerdict = 'held' | 'worse' | 'unclear';

/**
 * Judges a metric that must not get worse by its paired difference after − before: `held` where
 * even the lower bound of the interval lies within the margin (non-inferiority, Piaggio et al.
 * 2012, JAMA 308), `worse` where the whole interval lies below 0 or the difference itself is beyond
 * the margin, else `unclear`. The margin is on the metric's own scale, where it has one, and a
 * lower error rate is no loss.
 */
export function guardVerdict(difference: Aggregate, margin: number): GuardVerdict {
  const { value, low, high } = gainOf(difference);
  // A margin such as 0.05 of a difference such as 0.95 − 1 is met, whatever the last bit says.
  const most = margin + 1e-12;
  if (low >= -most) return 'held';
  if (high < 0 || value < -most) return 'worse';
  return 'unclear';
}

/** The difference on the scale that people are shown, turned so that more is better. */
function gainOf({ shown, ...engine }: Aggregate): Pick<Aggregate, 'value' | 'low' | 'high'> {
  if (!shown) return engine;
  const { value, low, high, direction } = shown;
  return direction === 'higher' ? shown : { value: -value, low: -high, high: -low };
}
