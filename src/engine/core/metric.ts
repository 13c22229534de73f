import type { LabelCounts } from './breakdown.ts';
import type { Judge } from './judge.ts';
import type { Example } from './example.ts';
import type { ModelAnswer } from './languageModel.ts';
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
  score(
    output: string,
    example: Example,
    signal?: AbortSignal,
    facts?: AnswerFacts,
  ): Promise<Score>;
  /** The value over rows, 0..1; `scores` is never empty. */
  aggregate(scores: readonly Score[]): number;
  /**
   * `aggregate` over the rows at these positions of `scores`, for a caller that asks thousands of
   * times; absent where `aggregate` is as fast.
   */
  valueOver?(scores: readonly Score[]): (rows: readonly number[] | Uint32Array) => number;
  /**
   * Looks at what the metric was made with: a pattern, a schema, a file of the workspace. Asked
   * before anything is paid; throws `RequestError`.
   */
  check?(signal?: AbortSignal): Promise<void>;
  /** The text of the file that it is made from, as it is now; absent where there is none. Throws `RequestError`. */
  madeFrom?(): string;
  /** Which end of the metric's own scale is good; `higher` where absent. */
  readonly direction?: 'higher' | 'lower';
  /** Lowest and highest value on the metric's own scale; 0 to 1 where absent. */
  readonly range?: readonly [low: number, high: number];
  /**
   * A value of a row or of all rows, 0..1, on the metric's own scale: what people are shown, such
   * as 0.12 of a word error rate or 41.3 of BLEU. Strictly monotone; the value itself where absent.
   */
  shown?(value: number): number;
  /** Whether it can only be measured where the task model's price is known. */
  readonly needsPrice?: boolean;
  /** The models that it asks, a judge each; absent where it asks none. */
  readonly judges?: readonly Judge[];
  /** How often each label was due and given; present where the metric compares labels. */
  confusion?(rows: readonly LabelledRow[]): LabelCounts;
  /** Settings of the metric by name, as text from a setting or the command line. */
  readonly options?: Readonly<Record<string, string>>;
}

/** What is known of an answer beside its text. */
export type AnswerFacts = Pick<ModelAnswer, 'usage' | 'milliseconds'>;

/** An answer and the row that it is held against. */
export interface LabelledRow {
  readonly output: string;
  readonly example: Example;
}

/** A metric that must not get worse, and the loss on its own scale that is still allowed. */
export interface GuardMetric {
  readonly metric: string;
  /** At least 0. */
  readonly tolerance: number;
}

/** Looks a metric up by its name, `exact_match` or with options `exact_match:ignore_case`. */
export type MetricLookup = (name: string) => Metric;
