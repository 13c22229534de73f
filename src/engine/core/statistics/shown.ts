import type { Metric } from '../metric.ts';
import type { Shown } from '../score.ts';

/**
 * Figures 0..1 on the metric's own scale, to be spread into an aggregate; nothing where the metric
 * is shown as it is. A bound at which the scale has no number (an error rate at 0) is Infinity.
 */
export function shownBy(
  metric: Metric,
  { value, low, high }: { readonly value: number; readonly low: number; readonly high: number },
): { readonly shown?: Shown } {
  if (!metric.shown) return {};
  return { shown: ordered(metric, metric.shown(value), metric.shown(low), metric.shown(high)) };
}

/** Own-scale figures whose bounds may have changed places. */
export function ordered(
  { direction = 'higher' }: Metric,
  value: number,
  one: number,
  two: number,
): Shown {
  return { value, low: Math.min(one, two), high: Math.max(one, two), direction };
}
