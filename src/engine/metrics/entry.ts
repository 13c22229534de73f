import type { Metric } from '../core/metric.ts';
import type { OptionKinds, OptionTexts } from './options.ts';

/** One line of the registry: the options that a metric takes, and how it is made from them. */
export interface Entry {
  readonly options?: OptionKinds;
  /** For the list where making the metric needs an option or a part that is not there. */
  readonly description?: string;
  /** `name` is the whole name with its options. Throws `RequestError` for options that do not fit. */
  readonly make: (name: string, options: OptionTexts) => Metric;
}

/** Metrics by their bare names. */
export type Entries = Readonly<Record<string, Entry>>;
