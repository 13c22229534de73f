import type { Example } from '../core/example.ts';
import type { Rollout } from '../core/rollout.ts';

/** One row of a result: what was asked, and what came back. */
export interface ResultRow {
  readonly example: Example;
  readonly rollout: Rollout;
}

/** How results are written. */
export interface ExportOptions {
  /** Names of the metrics in the order of their columns; the first is the primary one. */
  readonly metrics: readonly string[];
  /** Name of the run or prompt, for JUnit. */
  readonly name: string;
  /**
   * CSV and TSV: whether cells stay as they are, for programs. Else an apostrophe goes before what
   * a spreadsheet would run as a formula; `restore` in csvText.ts takes it away.
   */
  readonly raw?: boolean;
  /** JUnit: least value of the primary metric with which a row passes, 0..1, default 1. */
  readonly passMark?: number;
}

/** The value of a metric; undefined where the row was not scored, which is never 0. */
export function scoreOf(rollout: Rollout, metric: string): number | undefined {
  return Object.hasOwn(rollout.scores, metric) ? rollout.scores[metric]?.value : undefined;
}
