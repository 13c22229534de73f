import type { Aggregate, MetricListing } from '../engine/index.ts';
import { formatCount } from './format.ts';

/** The scale in words: "0 to 100, higher is better", "from 0 up, lower is better". */
export function scaleWords({ direction, range: [low, high] }: MetricListing): string {
  const bounds =
    low === null || high === null
      ? low === null
        ? 'without bounds'
        : `from ${formatCount(low)} up`
      : `${formatCount(low)} to ${formatCount(high)}`;
  return `${bounds}, ${direction} is better`;
}

/** What stands below a chosen metric; a scale is named where it is not the usual 0 to 1. */
export function metricDetail(metric: MetricListing): string {
  const { description, direction, range } = metric;
  const usual = direction === 'higher' && range[0] === 0 && range[1] === 1;
  return usual ? description : `${description} Scale: ${scaleWords(metric)}.`;
}

/** A metric's name, with a word where its own scale is better at the lower end. */
export function directed(metric: string, measured: Pick<Aggregate, 'shown'> | undefined): string {
  return measured?.shown?.direction === 'lower' ? `${metric} (lower is better)` : metric;
}
