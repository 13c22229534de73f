import { createHash } from 'node:crypto';
import type { Example, ColumnMapping, Dataset } from '../core/example.ts';
import type { Shares } from '../core/shares.ts';
import { newColumnCounts } from './describeColumns.ts';
import { leakWarnings, nearDuplicateWarnings } from './duplicates.ts';
import type { Encoding } from './encoding.ts';
import { exampleOf } from './example.ts';
import { openDataset, type DatasetFile } from './file.ts';
import { newFindings } from './findings.ts';
import { checkColumns, resolveMapping } from './mapping.ts';
import { odditiesOf } from './oddities.ts';
import { noUsableRow, startOf } from './preview.ts';
import { newSample } from './sample.ts';
import { readTable } from './table.ts';
import { areFew } from './folds.ts';
import { inWorker, needsWorker } from './inWorker.ts';

/** How a dataset is to be read. Plain values, because they may travel to a worker. */
export interface LoadOptions {
  /** The person's choice; names make up the rest. */
  readonly mapping?: Partial<ColumnMapping>;
  /** The prompt's placeholder names; empty for a prompt without placeholders. */
  readonly inputNames: readonly string[];
  /** Whether a row without an expected answer is unusable. */
  readonly needsExpected: boolean;
  /** Most rows to keep, default 5,000; which, is drawn by the seed. */
  readonly sampleRows?: number;
  /** Seed of the draw, default 1. */
  readonly seed?: number;
  /** Label of the Encoding Standard; absent: UTF-8, or what the byte-order mark says. */
  readonly encoding?: Encoding;
  /** Whether to count what each column holds, over all rows. */
  readonly describe?: boolean;
  /** Columns that names alone make neither an input nor an answer. */
  readonly notSuggested?: readonly string[];
  /** Columns whose cells stand beside each example as they are. */
  readonly columns?: readonly string[];
  /**
   * Which rows that say the same are told of: all that are near each other (default), only those in
   * two splits, where they matter, or none.
   */
  readonly repeats?: 'near' | 'leaks' | 'none';
  /** How the rows will be split; `leaks` are looked for between these splits. */
  readonly shares?: Shares;
  /** Whether few rows are cross-validated instead of split; absent: yes. */
  readonly crossValidation?: boolean;
}

const listedProblems = 1000;

/**
 * Reads a dataset file: every row is hashed, the kept ones become examples in the order of the
 * file. A row that cannot be used is a problem with its line; the others go on. Large files and
 * those that others pack are read in a worker, so that the caller's thread stays free. Throws
 * `DatasetError` where the file or the mapping cannot be used at all, `CancelledError` on abort.
 */
export async function loadDataset(
  path: string,
  options: LoadOptions,
  signal?: AbortSignal,
): Promise<Dataset> {
  const file = await openDataset(path, options.encoding);
  if (needsWorker(file)) return inWorker({ verb: 'load', file, options }, signal);
  return loadHere(file, options, signal);
}

/** `loadDataset` on this thread. */
export async function loadHere(
  file: DatasetFile,
  options: LoadOptions,
  signal?: AbortSignal,
): Promise<Dataset> {
  const start = await startOf(file, signal);
  const mapping = resolveMapping(
    file.name,
    start.columns,
    { ...options, rows: start.rows },
    options.mapping,
  );
  checkColumns(file.name, start.columns, options.columns ?? []);
  const sample = newSample(options.sampleRows ?? 5000, options.seed ?? 1);
  const findings = newFindings(listedProblems);
  const counts = options.describe ? newColumnCounts() : undefined;
  const hash = createHash('sha256');
  let columns = start.columns;
  let rows = 0;
  for await (const events of readTable(file, signal)) {
    for (const event of events) {
      if (event.kind === 'columns') columns = event.columns;
      else if (event.kind === 'problem') findings.addProblem(event.problem);
      else if (event.kind === 'warning') findings.addWarning(event.problem);
      else {
        counts?.add(event.row.cells);
        const made = exampleOf(event.row, mapping, options.needsExpected, options.columns);
        if ('problem' in made) {
          findings.addProblem(made.problem);
          continue;
        }
        if (made.warning) findings.addWarning(made.warning);
        rows++;
        hash.update(made.example.id);
        sample.offer(made.example);
      }
    }
  }
  if (rows === 0) throw noUsableRow(file.name, findings.problems());
  const examples = sample.examples();
  odditiesOf(examples).forEach(findings.addWarning);
  repeatsOf(examples, options).forEach(findings.addWarning);
  return {
    name: file.name,
    path: file.path,
    format: file.format,
    encoding: file.encoding,
    fingerprint: hash.digest('hex').slice(0, 32),
    columns,
    mapping,
    examples,
    rows,
    unusableRows: findings.problemCount(),
    problems: findings.problems(),
    ...(counts ? { described: counts.describe(columns) } : {}),
    ...findings.warnings(),
  };
}

function repeatsOf(
  examples: readonly Example[],
  { repeats = 'near', shares, crossValidation = true }: LoadOptions,
) {
  if (repeats === 'none') return [];
  // Rows that say nearly the same are always in one fold.
  const isSplit = repeats === 'leaks' && !(crossValidation && areFew(examples));
  return isSplit ? leakWarnings(examples, shares) : nearDuplicateWarnings(examples);
}
