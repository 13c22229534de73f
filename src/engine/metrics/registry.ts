import { RequestError } from '../core/errors.ts';
import type { MetricLookup } from '../core/metric.ts';
import type { Entry } from './entry.ts';
import { labelEntries } from './labelEntries.ts';
import { readOptions } from './options.ts';
import { textEntries } from './textEntries.ts';

/** Metrics by name and the list of them. */
export interface MetricRegistry {
  readonly metricNamed: MetricLookup;
  metricList(): { name: string; description: string }[];
}

/** The metrics that this machine can offer. */
export function metricRegistry(): MetricRegistry {
  const metrics: ReadonlyMap<string, Entry> = new Map(
    Object.entries({ ...labelEntries, ...textEntries }),
  );
  return {
    metricNamed: name => {
      const trimmed = name.trim();
      const colon = trimmed.indexOf(':');
      const base = colon < 0 ? trimmed : trimmed.slice(0, colon).trim();
      const entry = metrics.get(base);
      if (!entry) {
        throw new RequestError(
          `There is no metric called "${base}". There are ${[...metrics.keys()].join(', ')}.`,
        );
      }
      const text = colon < 0 ? '' : trimmed.slice(colon + 1);
      const options = readOptions(base, text, entry.options ?? {});
      const metric = entry.make(trimmed, options);
      return Object.keys(options).length > 0 ? { ...metric, options } : metric;
    },
    metricList: () =>
      [...metrics].map(([name, entry]) => ({
        name,
        description: entry.description ?? entry.make(name, {}).description,
      })),
  };
}

const builtIn = metricRegistry();

/**
 * A metric by its name, with options behind a colon: `exact_match:ignore_case,ignore_numbers`,
 * `exact_match:regexes_to_ignore=^Answer: `. Throws `RequestError` that lists what there is.
 */
export const metricNamed: MetricLookup = builtIn.metricNamed;

/** Every metric with its line for people. */
export const metricList = builtIn.metricList;
