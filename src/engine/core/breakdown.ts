import type { Scorecard } from './trial.ts';

/**
 * What stands behind the figures of one recorded run, from the rows that it judged (of a search:
 * the returned prompt on the test rows). Faces draw it as it is; everything in it is plain JSON.
 */
export interface Breakdown {
  /** Name of the primary metric, which the worst rows are ordered by. */
  readonly metric: string;
  /** Rows that have a score. */
  readonly rows: number;
  /**
   * Smallest difference of the primary metric, 0..1, that a comparison with another prompt on these
   * rows shows in four of five cases, if 5 % of the rows change for the worse; absent unless rows are
   * right or wrong.
   */
  readonly detectable?: number;
  /** Present where a metric compares labels and there are at most 50 different expected ones. */
  readonly confusion?: Confusion;
  /** By the columns that were asked for, in their order; within one, the most frequent value first. */
  readonly slices: readonly Slice[];
  /** Rows that lost points, the lowest value first, then in the order of the file. */
  readonly worst: readonly JudgedRow[];
}

/** How often each label was due and given, as a metric read them. */
export interface Confusion extends LabelCounts {
  /** Name of the metric. */
  readonly metric: string;
}

/** Expected labels against answered ones. */
export interface LabelCounts {
  /** Expected labels, in the order of rows and columns. */
  readonly labels: readonly string[];
  /** Row: expected label; column: answered label. */
  readonly counts: readonly (readonly number[])[];
  /** For each row, answers that are none of the labels. */
  readonly others: readonly number[];
}

/** The scored rows that have one value in one column. */
export interface Slice {
  readonly column: string;
  /** The cell's text; absent for the rows of all rarer values together. */
  readonly value?: string;
  readonly rows: number;
  /** Every metric over these rows alone. */
  readonly scorecard: Scorecard;
}

/** One row with what came back for it. */
export interface JudgedRow {
  readonly exampleId: string;
  readonly line: number;
  /** Value of the primary metric, 0..1. */
  readonly value: number;
  readonly inputs: Readonly<Record<string, string>>;
  readonly expected?: string;
  readonly output: string;
  readonly feedback?: string;
}

/** Which run is to be looked into, and how. */
export interface BreakdownRequest {
  readonly runId: string;
  /**
   * Columns of the dataset file, those of the run's own request where absent; at most 20 values of
   * each stand apart.
   */
  readonly slices?: readonly string[];
  /** Whose answers: the run's best prompt where absent, or the original's on the same rows. */
  readonly of?: 'best' | 'original';
  /** Most rows in `worst`, 10 where absent. */
  readonly worst?: number;
}
