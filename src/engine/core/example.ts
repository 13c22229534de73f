/** The three parts that a dataset is split into, once, by a hash of each row. */
export type Split = 'train' | 'validation' | 'test';

/**
 * One row of a dataset as the engine sees it. `id` is a hash of the row's content (with `~2`,
 * `~3` … behind it for exact duplicates), so that it stays when rows are added elsewhere.
 */
export interface Example {
  readonly id: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** The answer that is wanted; where there are several references, the first of them. */
  readonly expected?: string;
  /** Every answer that counts as right, at least one; absent where `expected` is the only one. */
  readonly references?: readonly string[];
  /** The labels of a row that may have none or many: a set, sorted, each once. */
  readonly labels?: readonly string[];
  /** The conversation before the wanted answer, oldest first. */
  readonly messages?: readonly ExampleMessage[];
  /** Text that an answer may rely on, for metrics that look at it. */
  readonly context?: string;
  /** What a person noted about the row; the optimizer model reads those of train rows. No part of its identity. */
  readonly note?: string;
  /** Cells of columns that were asked for beside the mapping; not part of the row's identity. */
  readonly columns?: Readonly<Record<string, string>>;
  /** The split that the file itself names for this row; it wins over the hash. */
  readonly split?: Split;
  readonly origin: 'file' | 'synthetic';
  /** Line in the file where the row begins, from 1. */
  readonly line: number;
}

/** One message of a conversation. */
export interface ExampleMessage {
  /** `system`, `developer`, `user`, `assistant` … as the file says. */
  readonly role: string;
  readonly content: string;
}

/** Which column feeds which placeholder, and which one holds the expected answer. */
export interface ColumnMapping {
  /** Placeholder or input name → column name. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly expected?: string;
  /** Column with a list of answers that all count as right. */
  readonly references?: string;
  /** Column with a set of labels: a list, or text with commas, semicolons or bars. */
  readonly labels?: string;
  /** Column with a list of messages `{role, content}`. */
  readonly messages?: string;
  readonly context?: string;
  /** Column with what people noted about rows. */
  readonly note?: string;
  /** Column that names each row's split: train, validation (dev) or test. */
  readonly split?: string;
}

/** What one column holds, counted over the rows that were read. */
export interface ColumnDescription {
  readonly name: string;
  /** What every filled cell is; `mixed` where they differ, `empty` where none is filled. */
  readonly type: ColumnType;
  /** Rows with a cell of at least one character. */
  readonly filled: number;
  /** Rows without one: missing or "". */
  readonly empty: number;
  /** Different texts; a lower bound where `distinctIsBound`. */
  readonly distinct: number;
  readonly distinctIsBound: boolean;
  /** Characters (UTF-16 units) of the longest cell. */
  readonly longest: number;
  /** The most frequent texts with their counts, where there are at most 20 different ones. */
  readonly values?: readonly { readonly text: string; readonly count: number }[];
}

/** The kinds of cells that are told apart. */
export type ColumnType =
  'text' | 'integer' | 'number' | 'boolean' | 'date' | 'list' | 'object' | 'mixed' | 'empty';

/** A row (or file) that could not be used, with the place and the remedy in one sentence. */
export interface DatasetProblem {
  readonly line: number;
  readonly message: string;
}

/** A dataset file, read and mapped. `fingerprint` is a hash of all usable rows. */
export interface Dataset {
  readonly name: string;
  readonly path: string;
  /** How the file is written: csv, tsv, json, jsonl, yaml, parquet, xlsx or folder. */
  readonly format?: string;
  /** How its bytes were read: a label of the Encoding Standard. */
  readonly encoding?: string;
  readonly fingerprint: string;
  readonly columns: readonly string[];
  readonly mapping: ColumnMapping;
  readonly examples: readonly Example[];
  /** Usable rows in the file; more than `examples` holds where a sample was drawn. */
  readonly rows: number;
  /** Rows that cannot be used, also those beyond the end of `problems`. */
  readonly unusableRows?: number;
  /** What each column holds; present where it was asked for. */
  readonly described?: readonly ColumnDescription[];
  readonly problems: readonly DatasetProblem[];
  /** What is worth knowing of usable rows: repeated rows, odd column names, empty answers. */
  readonly warnings?: readonly DatasetProblem[];
}

/** What a person sees before choosing columns. */
export interface DatasetPreview {
  readonly name: string;
  readonly path: string;
  /** As in `Dataset`. */
  readonly format?: string;
  readonly encoding?: string;
  readonly columns: readonly string[];
  /** What each column holds in the first 200 rows. */
  readonly described?: readonly ColumnDescription[];
  /** The first few rows, column → text. */
  readonly rows: readonly Readonly<Record<string, string>>[];
  readonly problems: readonly DatasetProblem[];
  readonly warnings?: readonly DatasetProblem[];
  /** The mapping that names alone make clear; absent where a person has to choose. */
  readonly suggested?: ColumnMapping;
  /** What was kept for the prompt that was named, where it fits these columns. */
  readonly kept?: Partial<ColumnMapping>;
  /** Why what was kept is of no use any more. */
  readonly keptWarning?: DatasetProblem;
}
