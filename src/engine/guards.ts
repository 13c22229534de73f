import { RequestError } from './core/errors.ts';
import type { GuardMetric, MetricLookup } from './core/metric.ts';
import type { OptimizeRequest } from './verbs.ts';

/**
 * Guards as people write them, `METRIC` or `METRIC=TOLERANCE`. What stands behind the last `=` is a
 * tolerance where the text before it is a metric by itself: `length:max=50` has none. Throws
 * `RequestError` for an unknown metric, and for one that is named twice.
 */
export function guardsIn(texts: readonly string[], metricNamed: MetricLookup): GuardMetric[] {
  const guards = texts.map(text => guardIn(text.trim(), metricNamed));
  const twice = guards.find(
    ({ metric }, at) => guards.findIndex(each => each.metric === metric) < at,
  );
  if (twice) {
    throw new RequestError(
      `The guard "${twice.metric}" is named twice; name it once, with its tolerance.`,
    );
  }
  return guards;
}

/** Every metric that a run's rows are scored by: those that were named, then the guards. */
export function measuredMetrics(
  { metrics, guards = [] }: Pick<OptimizeRequest, 'metrics' | 'guards'>,
  metricNamed: MetricLookup,
): string[] {
  return [...new Set([...metrics, ...guardsIn(guards, metricNamed).map(({ metric }) => metric)])];
}

function guardIn(text: string, metricNamed: MetricLookup): GuardMetric {
  const [, name, tolerance] = /^(.*[^=\s])\s*=\s*(\d+(?:\.\d+)?|\.\d+)$/su.exec(text) ?? [];
  if (name !== undefined && isMetric(name, metricNamed)) {
    return { metric: name, tolerance: Number(tolerance) };
  }
  metricNamed(text);
  return { metric: text, tolerance: 0 };
}

function isMetric(name: string, metricNamed: MetricLookup): boolean {
  try {
    metricNamed(name);
    return true;
  } catch (error) {
    if (error instanceof RequestError) return false;
    throw error;
  }
}
