/** Rows of a dataset across prompts: the heat map, and the way to each pair of outputs. */

/** Which rows are listed. */
export type RowsKind = 'broken' | 'fixed' | 'all';

/** The rows that are in sight; the page asks for others as a person scrolls. */
export interface RowsView {
  /** "Test rows", "Validation rows". */
  readonly title: string;
  /** What the figures are, and what a click does, in sentences. */
  readonly note: string;
  /** What each cell of a row stands for: "Original", "Best". */
  readonly columns: readonly string[];
  readonly kind: RowsKind;
  readonly counts: Readonly<Record<RowsKind, number>>;
  /** Place of the first item among the rows of this kind, from 0. */
  readonly from: number;
  readonly items: readonly RowView[];
}

/** One row of the dataset. */
export interface RowView {
  readonly exampleId: string;
  /** "line 31", or the id where the row has no line. */
  readonly name: string;
  readonly change: 'fixed' | 'broken' | 'same' | 'unmeasured';
  readonly cells: readonly CellView[];
  /** The best prompt lost points on it, so a person may want to say what is right. */
  readonly lost?: true;
}

/** One output on one row. */
export interface CellView {
  /** "1", "0.42", "0.5 · flips" where asking again gives another score, or how it ended: "failed". */
  readonly score: string;
  /** 0 (worst) to 4 (best) for its colour; absent where there is no score. */
  readonly level?: number;
  /** The first line of the output, or why there is none. */
  readonly output: string;
}

/** More than fits on any screen, and little enough for a message. */
export const rowsInSight = 120;
