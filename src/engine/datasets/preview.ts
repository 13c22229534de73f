import { DatasetError } from '../core/errors.ts';
import type { DatasetPreview, DatasetProblem } from '../core/example.ts';
import { openDataset, type DatasetFile } from './file.ts';
import { suggestMapping } from './mapping.ts';
import { readTable } from './table.ts';

const shownRows = 5;
const readRows = 200;

/**
 * What a person sees before choosing columns: the columns and first rows, read without the rest of
 * the file. Throws `DatasetError` where there is nothing to choose from.
 */
export async function previewDataset(
  path: string,
  inputNames: readonly string[] = [],
): Promise<DatasetPreview> {
  const file = await openDataset(path);
  const start = await startOf(file);
  const suggested = suggestMapping(start.columns, inputNames, true);
  return {
    name: file.name,
    path,
    columns: start.columns,
    rows: start.rows.slice(0, shownRows),
    problems: start.problems,
    ...(start.warnings.length > 0 ? { warnings: start.warnings } : {}),
    ...(suggested ? { suggested } : {}),
  };
}

/** The first rows of a file, and what was found on the way. */
export interface TableStart {
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, string>>[];
  readonly problems: readonly DatasetProblem[];
  readonly warnings: readonly DatasetProblem[];
}

/** Reads the first 200 rows. Throws `DatasetError` where the file has no row at all. */
export async function startOf(file: DatasetFile, signal?: AbortSignal): Promise<TableStart> {
  let columns: readonly string[] = [];
  const rows: Readonly<Record<string, string>>[] = [];
  const problems: DatasetProblem[] = [];
  const warnings: DatasetProblem[] = [];
  for await (const event of readTable(file, signal)) {
    if (event.kind === 'columns') columns = event.columns;
    else if (event.kind === 'row') rows.push(Object.fromEntries(event.row.cells));
    else if (event.kind === 'warning') push(warnings, event.problem);
    else push(problems, event.problem);
    if (rows.length >= readRows) break;
  }
  if (rows.length === 0) throw noUsableRow(file.name, problems);
  return { columns, rows, problems, warnings };
}

/** A file of a million broken lines must not fill the memory. */
function push(list: DatasetProblem[], problem: DatasetProblem): void {
  if (list.length < readRows) list.push(problem);
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
