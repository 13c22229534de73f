/** What stands behind the figures of a judged run, ready to show. */

/** Rows that changed, labels, and slices of the rows that judged the result. */
export interface BreakdownView {
  /** Rows that the best prompt answers better than the original, the largest change first. */
  readonly fixed: ChangedRows;
  readonly broken: ChangedRows;
  readonly before?: ConfusionView;
  readonly after?: ConfusionView;
  readonly slices: readonly SliceView[];
}

/** The first rows of their kind. */
export interface ChangedRows {
  /** All of them, also those that are not listed. */
  readonly count: number;
  readonly rows: readonly ChangedRow[];
}

/** One row whose answer changed. */
export interface ChangedRow {
  readonly exampleId: string;
  /** "Line 31". */
  readonly place: string;
  readonly before: string;
  readonly after: string;
}

/** Expected labels against answered ones, as a picture. */
export interface ConfusionView {
  readonly metric: string;
  readonly labels: readonly string[];
  /** Row: expected; column: answered, with answers that are no label last. */
  readonly cells: readonly (readonly ConfusionCell[])[];
}

/** One cell of the picture. */
export interface ConfusionCell {
  readonly count: number;
  /** Share of its row, 0 (none) to 4 (nearly all). */
  readonly heat: number;
  readonly isRight: boolean;
}

/** The rows with one value of a column: the primary metric before and after. */
export interface SliceView {
  readonly column: string;
  readonly value: string;
  readonly rows: string;
  readonly before: string;
  readonly after: string;
}
