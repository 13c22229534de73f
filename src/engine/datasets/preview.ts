import { DatasetError } from '../core/errors.ts';
import type { DatasetPreview, DatasetProblem } from '../core/example.ts';
import { describeColumns } from './describeColumns.ts';
import type { Encoding } from './encoding.ts';
import { openDataset, type DatasetFile } from './file.ts';
import { newFindings } from './findings.ts';
import { inWorker, needsWorker } from './inWorker.ts';
import { suggestMapping } from './mapping.ts';
import type { TableEvent } from './row.ts';
import { readTable } from './table.ts';

const shownRows = 5;
const readRows = 200;

/** How a preview is to be read. */
export interface PreviewRequest {
  /** The prompt's placeholder names. */
  readonly inputNames?: readonly string[];
  /** Label of the Encoding Standard; absent: UTF-8, or what the byte-order mark says. */
  readonly encoding?: Encoding;
}

/**
 * What a person sees before choosing columns: the columns and first rows, read without the rest of
 * the file. Throws `DatasetError` where there is nothing to choose from.
 */
export async function previewDataset(
  path: string,
  { inputNames = [], encoding }: PreviewRequest = {},
  signal?: AbortSignal,
): Promise<DatasetPreview> {
  const file = await openDataset(path, encoding);
  // The first rows of these are quick however long the file is; other forms are read as a whole.
  const streamed = ['csv', 'tsv', 'jsonl'].includes(file.format);
  if (streamed || !needsWorker(file)) return previewHere(file, inputNames, signal);
  return inWorker({ verb: 'preview', file, options: { inputNames } }, signal);
}

/** `previewDataset` on this thread. */
export async function previewHere(
  file: DatasetFile,
  inputNames: readonly string[],
  signal?: AbortSignal,
): Promise<DatasetPreview> {
  const start = await startOf(file, signal);
  const suggested = suggestMapping(start.columns, inputNames, true, start.rows);
  return {
    name: file.name,
    path: file.path,
    format: file.format,
    encoding: file.encoding,
    columns: start.columns,
    described: describeColumns(start.columns, start.rows),
    rows: start.rows.slice(0, shownRows),
    problems: start.problems,
    ...start.warnings,
    ...(suggested ? { suggested } : {}),
  };
}

/** The first rows of a file, and what was found on the way. */
export interface TableStart {
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, string>>[];
  readonly problems: readonly DatasetProblem[];
  readonly warnings: { readonly warnings?: readonly DatasetProblem[] };
}

/** Reads the first 200 rows. Throws `DatasetError` where the file has no row at all. */
export async function startOf(file: DatasetFile, signal?: AbortSignal): Promise<TableStart> {
  let columns: readonly string[] = [];
  const rows: Readonly<Record<string, string>>[] = [];
  const findings = newFindings(readRows);
  for await (const event of eventsOf(file, signal)) {
    if (event.kind === 'columns') columns = event.columns;
    else if (event.kind === 'row') rows.push(Object.fromEntries(event.row.cells));
    else if (event.kind === 'warning') findings.addWarning(event.problem);
    else findings.addProblem(event.problem);
    if (rows.length >= readRows) break;
  }
  const problems = findings.problems();
  if (rows.length === 0) throw noUsableRow(file.name, problems);
  return { columns, rows, problems, warnings: findings.warnings() };
}

async function* eventsOf(file: DatasetFile, signal?: AbortSignal): AsyncGenerator<TableEvent> {
  for await (const events of readTable(file, signal)) yield* events;
}

/** The error for a file without a usable row; the first problem says why. */
export function noUsableRow(file: string, problems: readonly DatasetProblem[]): DatasetError {
  const [first] = problems;
  if (!first) {
    return new DatasetError(file, undefined, 'there are no rows in it. Choose a file with rows.');
  }
  const others = problems.length > 1 ? ' The other rows cannot be used either.' : '';
  return new DatasetError(file, first.line, `${first.message}${others}`);
}
