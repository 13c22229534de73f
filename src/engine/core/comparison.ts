import type { Split } from './example.ts';
import type { Aggregate } from './score.ts';
import type { PromptVersion } from './version.ts';

/** A piece of text that stayed, went, or came. */
export interface TextChange {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** One metric on one set of rows; a side is absent where that version was not measured on it. */
export interface ComparisonRow {
  readonly metric: string;
  readonly datasetName: string;
  readonly split: Split | 'all';
  readonly taskModel: string;
  readonly left?: Aggregate;
  readonly right?: Aggregate;
  /** Paired difference right − left; absent unless both were measured on the same rows. */
  readonly difference?: Aggregate;
  /**
   * Smallest difference, 0..1, that so many rows show in four of five cases; present where the
   * difference may be none and rows are right or wrong.
   */
  readonly detectable?: number;
}

/** Word diff of each component and the metric table of two versions. */
export interface Comparison {
  readonly left: PromptVersion;
  readonly right: PromptVersion;
  readonly system: readonly TextChange[];
  readonly output: readonly TextChange[];
  readonly rows: readonly ComparisonRow[];
}
