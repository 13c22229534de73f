import type { Split } from './example.ts';
import type { Aggregate, Outcome } from './score.ts';
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
  readonly datasetFingerprint: string;
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
  /** Two-sided p of the difference, and the test that gave it; there where the difference is. */
  readonly pValue?: number;
  readonly test?: PairedTest;
}

/** How two prompts are tested on the same rows. */
export type PairedTest = 'McNemar mid-p' | 'paired bootstrap';

/** Word diff of each component and the metric table of two versions. */
export interface Comparison {
  readonly left: PromptVersion;
  readonly right: PromptVersion;
  readonly system: readonly TextChange[];
  readonly output: readonly TextChange[];
  readonly rows: readonly ComparisonRow[];
}

/** Two or more versions; the first is the one that the others are held against. */
export interface VersionsComparison {
  readonly versions: readonly PromptVersion[];
  /** The first against each of the others, in their order. */
  readonly pairs: readonly Comparison[];
  /** By version. */
  readonly costs: readonly VersionCost[];
  /** The rows that most of them were measured on; absent where none was measured. */
  readonly rows?: ComparedRows;
}

/** What one version costs. */
export interface VersionCost {
  /** Tokens of the prompt itself, before anything is filled in; an estimate. */
  readonly promptTokens: number;
  /** Sum over the measured rows; absent where the log of that run is not here. */
  readonly measured?: {
    readonly rows: number;
    readonly inputTokens: number;
    readonly outputTokens: number;
    /** Absent where a price is not known. */
    readonly usd?: number;
  };
}

/** Every row with what each version made of it. */
export interface ComparedRows {
  readonly metric: string;
  readonly datasetName: string;
  readonly split: Split | 'all';
  readonly taskModel: string;
  /** By version: where its outputs are recorded. */
  readonly records: readonly (OutputRecord | undefined)[];
  readonly rows: readonly ComparedRow[];
}

/** A candidate of a recorded run. */
export interface OutputRecord {
  readonly runId: string;
  readonly candidateId: string;
}

/** One row of the dataset, by version. */
export interface ComparedRow {
  readonly exampleId: string;
  readonly line?: number;
  readonly cells: readonly (ComparedCell | undefined)[];
}

/** What one version made of a row. */
export interface ComparedCell {
  readonly outcome: Outcome;
  /** Primary metric, 0..1; absent without a score. */
  readonly value?: number;
  /** Absent where the log of the run is not here. */
  readonly output?: string;
  readonly failure?: string;
}
