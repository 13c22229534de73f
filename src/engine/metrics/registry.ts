import { RequestError } from '../core/errors.ts';
import type { Metric, MetricLookup } from '../core/metric.ts';
import { accuracyMetric } from './accuracy.ts';
import { exactMatchMetric } from './exactMatch.ts';
import { macroF1Metric } from './macroF1.ts';
import { readOptions, type MetricOptions } from './options.ts';
import { tokenF1Metric } from './tokenF1.ts';

interface Entry {
  /** Switches that may stand behind the name. */
  readonly switches: readonly string[];
  /** Whether `regexes_to_ignore=PATTERN` may stand behind the name. */
  readonly patterns: boolean;
  readonly make: (name: string, options: MetricOptions) => Metric;
}

const metrics: ReadonlyMap<string, Entry> = new Map<string, Entry>([
  [
    'exact_match',
    {
      switches: ['ignore_case', 'ignore_punctuation', 'ignore_numbers'],
      patterns: true,
      make: exactMatchMetric,
    },
  ],
  ['accuracy', { switches: ['ignore_case'], patterns: false, make: accuracyMetric }],
  ['macro_f1', { switches: ['ignore_case'], patterns: false, make: macroF1Metric }],
  ['token_f1', { switches: [], patterns: false, make: tokenF1Metric }],
]);

/**
 * A metric by its name, with options behind a colon: `exact_match:ignore_case,ignore_numbers`,
 * `exact_match:regexes_to_ignore=^Answer: `. Throws `RequestError` that lists what there is.
 */
export const metricNamed: MetricLookup = name => {
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
  const { options, settings } = readOptions(base, text, entry);
  const metric = entry.make(trimmed, options);
  return Object.keys(settings).length > 0 ? { ...metric, options: settings } : metric;
};

/** Every metric with its line for people. */
export function metricList(): { name: string; description: string }[] {
  return [...metrics].map(([name, entry]) => {
    const { description } = entry.make(name, {});
    return { name, description };
  });
}
