/** Rows of a run by every prompt that it tried: a map of what is hard, and for whom. */

/** Which rows the map shows. */
export type HeatSplit = 'train' | 'validation' | 'test';

/** What a person has in sight of the map. */
export interface HeatWish {
  /** Absent: the rows that the search chose by. */
  readonly split?: HeatSplit;
  /** Place of the first row in sight, from 0. */
  readonly from: number;
  /** Place of the first prompt in sight, from 0. */
  readonly column: number;
}

/** The part of the map that is in sight; the page asks for others. */
export interface HeatView {
  readonly split: HeatSplit;
  /** Rows that at least one prompt was tried on. */
  readonly counts: Readonly<Record<HeatSplit, number>>;
  /** Prompts that were tried on rows of this split: the original, then the trials in their order. */
  readonly columnCount: number;
  readonly column: number;
  readonly columns: readonly HeatColumn[];
  readonly from: number;
  /** Hard rows first. */
  readonly items: readonly HeatRow[];
  /** "accuracy of one row". */
  readonly unit: string;
}

/** One prompt of the run. */
export interface HeatColumn {
  readonly candidateId: string;
  /** "0" for the original, the number of the trial, or a dot for an edit that was tried alone. */
  readonly head: string;
  /** Its trial, 0 for the original; absent for an edit that was tried alone. */
  readonly trial?: number;
  /** "Trial 3, reflect: kept". */
  readonly name: string;
  readonly best: boolean;
}

/** One row of the dataset. */
export interface HeatRow {
  readonly exampleId: string;
  /** "line 31". */
  readonly name: string;
  /** By the columns in sight; absent where that prompt was not tried on it. */
  readonly cells: readonly (HeatCell | undefined)[];
}

/** What one prompt made of one row. */
export interface HeatCell {
  /** "✓", "✕", ".4", or "!" where there is no score: what is not left to the colour alone. */
  readonly mark: string;
  /** 0 (worst) to 4 (best); absent where there is no score. */
  readonly level?: number;
  /** "score 0.42", "failed": for whoever cannot see it. */
  readonly spoken: string;
}

/** Rows and prompts that one message holds: more than fits on a screen. */
export const heatInSight = { rows: 60, columns: 12 } as const;
