import type { Example } from './example.ts';
import type { Score } from './score.ts';

/**
 * A function from an output and its example to a score. Row values are 0..1, higher is better;
 * the corpus value comes from the rows' statistics, so that intervals by resampling are exact.
 */
export interface Metric {
  /** Name in settings, files and on the command line: `exact_match`. */
  readonly name: string;
  /** One line for people. */
  readonly description: string;
  /** What a row must have before this metric can score it. */
  readonly needs: 'expected' | 'nothing';
  /** Throws `ScoringError` where the output cannot be judged: the row is then `unscored`. */
  score(output: string, example: Example, signal?: AbortSignal): Promise<Score>;
  /** The value over rows, 0..1; `scores` is never empty. */
  aggregate(scores: readonly Score[]): number;
  /** Settings of the metric by name, as text from a setting or the command line. */
  readonly options?: Readonly<Record<string, string>>;
}

/** Looks a metric up by its name, `exact_match` or with options `exact_match:ignore_case`. */
export type MetricLookup = (name: string) => Metric;
