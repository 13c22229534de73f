import { RequestError } from './core/errors.ts';
import type { Metric } from './core/metric.ts';
import type { EngineParts } from './parts.ts';
import type { MetricListing } from './verbs.ts';

/** Every metric with its line for people and the scale that people are shown. */
export function metricListings({
  metricList,
  metricNamed,
}: Pick<EngineParts, 'metricList' | 'metricNamed'>): MetricListing[] {
  return metricList.map(({ name, description }) => {
    const { direction = 'higher', range = [0, 1] } = bare(name, metricNamed);
    return { name, description, direction, range: [bound(range[0]), bound(range[1])] };
  });
}

/** A metric that needs an option has no scale of its own before it is given. */
function bare(
  name: string,
  metricNamed: EngineParts['metricNamed'],
): Pick<Metric, 'direction' | 'range'> {
  try {
    return metricNamed(name);
  } catch (error) {
    if (error instanceof RequestError) return {};
    throw error;
  }
}

/** JSON has no Infinity. */
function bound(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
