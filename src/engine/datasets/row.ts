import type { DatasetProblem } from '../core/example.ts';

/** One row of a table: column → text as written. A column that the row lacks is not in `cells`. */
export interface Row {
  readonly line: number;
  readonly cells: ReadonlyMap<string, string>;
}

/**
 * What a reader yields, in the order of the file: the columns (once for CSV and TSV; for JSON rows
 * whenever a new one comes up), rows, rows that cannot be used, and what is worth knowing.
 */
export type TableEvent =
  | { readonly kind: 'columns'; readonly columns: readonly string[] }
  | { readonly kind: 'row'; readonly row: Row }
  | { readonly kind: 'problem'; readonly problem: DatasetProblem }
  | { readonly kind: 'warning'; readonly problem: DatasetProblem };

/** Largest row, in bytes or characters; a larger one is refused before it fills the memory. */
export const rowLimit = 10_000_000;

/** Largest file, in characters, of a form that has to be read as a whole (YAML, JSON of columns). */
export const wholeFileLimit = 50_000_000;

/** The sentence for a row beyond the limit. */
export const rowTooLong =
  'this row is larger than 10 MB. Shorten it, or check for a missing line end or quote.';

export function problemAt(line: number, message: string): TableEvent {
  return { kind: 'problem', problem: { line, message } };
}

export function warningAt(line: number, message: string): TableEvent {
  return { kind: 'warning', problem: { line, message } };
}
