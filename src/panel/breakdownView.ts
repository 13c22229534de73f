/** What stands behind the figures of a judged run, ready to show. */

/** Labels and slices of the rows that judged the result. */
export interface BreakdownView {
  /** The primary metric, which the slices show. */
  readonly metric: string;
  readonly before?: ConfusionView;
  readonly after?: ConfusionView;
  readonly slices: readonly SliceView[];
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
  readonly before: SliceFigure;
  readonly after: SliceFigure;
}

/** "0.46" and "[0.28, 0.65]"; a dash and nothing where it was not measured. */
export interface SliceFigure {
  readonly figure: string;
  readonly interval: string;
}
