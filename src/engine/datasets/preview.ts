import { DatasetError } from '../core/errors.ts';
import type { DatasetPreview, DatasetProblem } from '../core/example.ts';
import { openDataset, type DatasetFile } from './file.ts';
import { newFindings } from './findings.ts';
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
  for await (const event of readTable(file, signal)) {
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

/** The error for a file without a usable row; the first problem says why. */
export function noUsableRow(file: string, problems: readonly DatasetProblem[]): DatasetError {
  const [first] = problems;
  if (!first) {
    return new DatasetError(file, undefined, 'there are no rows in it. Choose a file with rows.');
  }
  const others = problems.length > 1 ? ' The other rows cannot be used either.' : '';
  return new DatasetError(file, first.line, `${first.message}${others}`);
}
