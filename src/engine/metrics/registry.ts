import { RequestError } from '../core/errors.ts';
import type { Metric, MetricLookup } from '../core/metric.ts';
import { checkEntries } from './checkEntries.ts';
import type { Entry } from './entry.ts';
import { labelEntries } from './labelEntries.ts';
import { readOptions } from './options.ts';
import type { MetricParts } from './parts.ts';
import { textEntries } from './textEntries.ts';

/** Metrics by name and the list of them. */
export interface MetricRegistry {
  readonly metricNamed: MetricLookup;
  readonly metricList: () => { name: string; description: string }[];
}

/** The metrics that can be offered with these parts. A name is made once and kept. */
export function metricRegistry(parts: MetricParts = {}): MetricRegistry {
  const made = new Map<string, Metric>();
  const metricNamed: MetricLookup = name => {
    const trimmed = name.trim();
    let metric = made.get(trimmed);
    if (!metric) made.set(trimmed, (metric = makeMetric(trimmed, entries)));
    return metric;
  };
  const entries: ReadonlyMap<string, Entry> = new Map(
    Object.entries({ ...labelEntries(parts), ...textEntries, ...checkEntries(parts, metricNamed) }),
  );
  return {
    metricNamed,
    metricList: () =>
      [...entries].map(([name, entry]) => ({
        name,
        description: entry.description ?? entry.make(name, {}).description,
      })),
  };
}

function makeMetric(name: string, entries: ReadonlyMap<string, Entry>): Metric {
  const colon = name.indexOf(':');
  const base = colon < 0 ? name : name.slice(0, colon).trim();
  const entry = entries.get(base);
  if (!entry) {
    throw new RequestError(
      `There is no metric called "${base}". There are ${[...entries.keys()].join(', ')}.`,
    );
  }
  const options = readOptions(base, colon < 0 ? '' : name.slice(colon + 1), entry.options ?? {});
  const metric = entry.make(name, options);
  return Object.keys(options).length > 0 ? { ...metric, options } : metric;
}

const withoutParts = metricRegistry();

/**
 * A metric by its name, with options behind a colon: `exact_match:ignore_case,ignore_numbers`,
 * `exact_match:regexes_to_ignore=^Answer: `. Throws `RequestError` that lists what there is.
 */
export const metricNamed: MetricLookup = withoutParts.metricNamed;

/** Every metric with its line for people. */
export const metricList = withoutParts.metricList;
