/** The three parts that a dataset is split into, once, by a hash of each row. */
export type Split = 'train' | 'validation' | 'test';

/**
 * One row of a dataset as the engine sees it. `id` is a hash of the row's content (with `~2`,
 * `~3` … behind it for exact duplicates), so that it stays when rows are added elsewhere.
 */
export interface Example {
  readonly id: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly expected?: string;
  readonly origin: 'file' | 'synthetic';
  /** Line in the file where the row begins, from 1. */
  readonly line: number;
}

/** Which column feeds which placeholder, and which one holds the expected answer. */
export interface ColumnMapping {
  /** Placeholder or input name → column name. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly expected?: string;
}

/** A row (or file) that could not be used, with the place and the remedy in one sentence. */
export interface DatasetProblem {
  readonly line: number;
  readonly message: string;
}

/** A dataset file, read and mapped. `fingerprint` is a hash of all usable rows. */
export interface Dataset {
  readonly name: string;
  readonly path: string;
  readonly fingerprint: string;
  readonly columns: readonly string[];
  readonly mapping: ColumnMapping;
  readonly examples: readonly Example[];
  /** Usable rows in the file; more than `examples` holds where a sample was drawn. */
  readonly rows: number;
  readonly problems: readonly DatasetProblem[];
  /** What is worth knowing of usable rows: repeated rows, odd column names, empty answers. */
  readonly warnings?: readonly DatasetProblem[];
}

/** What a person sees before choosing columns. */
export interface DatasetPreview {
  readonly name: string;
  readonly path: string;
  readonly columns: readonly string[];
  /** The first few rows, column → text. */
  readonly rows: readonly Readonly<Record<string, string>>[];
  readonly problems: readonly DatasetProblem[];
  readonly warnings?: readonly DatasetProblem[];
  /** The mapping that names alone make clear; absent where a person has to choose. */
  readonly suggested?: ColumnMapping;
}
