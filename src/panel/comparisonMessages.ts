/**
 * The contract between the comparison's editor tab and the extension host. The host sends the
 * whole comparison; the view answers with what the person asked for, noun-verb.
 */

import type { DiffPart } from './messages.ts';
import type { RowsView } from './rowsView.ts';

/** One version, ready to show. */
export interface VersionHead {
  readonly number: number;
  /** "triage v3". */
  readonly title: string;
  /** What a person has called it. */
  readonly name?: string;
  /** "Optimized", "Refined", "Typed". */
  readonly origin: string;
  /** "2026-11-20 10:14 UTC". */
  readonly createdAt: string;
  readonly note?: string;
}

/** One metric of two versions on one set of rows; a dash where a side was not measured on them. */
export interface ComparisonRowView {
  readonly metric: string;
  /** "tickets.csv, test rows". */
  readonly rows: string;
  readonly taskModel: string;
  readonly simulated: boolean;
  /** "0.81 [0.72, 0.88] n=50" or a dash. */
  readonly left: string;
  readonly right: string;
  /** "+7.5 points [3.1, 12.0]" or a dash. */
  readonly difference: string;
  /** Which way the whole interval lies; `unclear` where it holds 0, `unknown` where not measured. */
  readonly direction: 'better' | 'worse' | 'unclear' | 'unknown';
  /** "p = 0.012, McNemar mid-p"; empty where there is no difference to test. */
  readonly test: string;
}

/** The word diff of one component of the prompt. */
export interface ComponentDiff {
  /** "System prompt" or "Output prompt". */
  readonly title: string;
  readonly changed: boolean;
  readonly parts: readonly DiffPart[];
}

/** Two versions of a prompt beside each other. */
export interface ComparisonView {
  readonly promptName: string;
  readonly left: VersionHead;
  readonly right: VersionHead;
  readonly rows: readonly ComparisonRowView[];
  /** What to make of the table, in a sentence. */
  readonly note: string;
  readonly components: readonly ComponentDiff[];
}

/** What one version scores on one metric and set of rows, against the first version. */
export interface VersionScoreView extends Pick<
  ComparisonRowView,
  'difference' | 'direction' | 'test'
> {
  /** "0.81 [0.72, 0.88] n=50" or a dash. */
  readonly score: string;
}

/** One metric on one set of rows, by version. */
export interface VersionsRowView extends Pick<
  ComparisonRowView,
  'metric' | 'rows' | 'taskModel' | 'simulated'
> {
  readonly versions: readonly VersionScoreView[];
}

/** What a version costs, every text ready to show. */
export interface VersionCostView {
  /** "~214 tokens". */
  readonly prompt: string;
  /** "231 in, 4 out" a row, or a dash. */
  readonly perRow: string;
  /** USD for 1,000 rows, "unknown", or a dash. */
  readonly usd: string;
}

/** Two or more versions beside each other; the first is what the others are held against. */
export interface VersionsView {
  readonly title: string;
  readonly heads: readonly VersionHead[];
  readonly rows: readonly VersionsRowView[];
  readonly note: string;
  /** By version. */
  readonly costs: readonly VersionCostView[];
  /** The first against each of the others. */
  readonly diffs: readonly {
    readonly title: string;
    readonly components: readonly ComponentDiff[];
  }[];
  /** Rows of the dataset by version; absent where none was measured. */
  readonly answers?: RowsView;
}

/** Host → view. */
export interface ComparisonHostMessage {
  readonly type: 'comparison';
  readonly comparison: VersionsView;
}
