import { createHash } from 'node:crypto';
import type { ColumnMapping, Dataset, DatasetProblem } from '../core/example.ts';
import { exampleOf } from './example.ts';
import { openDataset } from './file.ts';
import { resolveMapping } from './mapping.ts';
import { odditiesOf } from './oddities.ts';
import { noUsableRow, startOf } from './preview.ts';
import { newSample } from './sample.ts';
import { readTable } from './table.ts';

/** How a dataset is to be read. */
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
}

// More would be no use to a reader, and a broken file of a million rows must not fill the memory.
const problemLimit = 1000;

/**
 * Reads a dataset file: every row is hashed, the kept ones become examples in the order of the
 * file. A row that cannot be used is a problem with its line; the others go on. Throws
 * `DatasetError` where the file or the mapping cannot be used at all, `CancelledError` on abort.
 */
export async function loadDataset(
  path: string,
  options: LoadOptions,
  signal?: AbortSignal,
): Promise<Dataset> {
  const file = await openDataset(path);
  const start = await startOf(file, signal);
  const mapping = resolveMapping(file.name, start.columns, options, options.mapping);
  const sample = newSample(options.sampleRows ?? 5000, options.seed ?? 1);
  const hash = createHash('sha256');
  const problems: DatasetProblem[] = [];
  const warnings: DatasetProblem[] = [];
  let columns = start.columns;
  let rows = 0;
  let unlisted = 0;
  for await (const event of readTable(file, signal)) {
    if (event.kind === 'columns') {
      columns = event.columns;
      continue;
    }
    const made =
      event.kind === 'row' ? exampleOf(event.row, mapping, options.needsExpected) : event;
    if ('example' in made) {
      rows++;
      hash.update(made.example.id);
      sample.offer(made.example);
    }
    if (made.problem === undefined) continue;
    const list = event.kind === 'warning' || 'example' in made ? warnings : problems;
    if (list.length < problemLimit) list.push(made.problem);
    else if (list === problems) unlisted++;
  }
  if (rows === 0) throw noUsableRow(file.name, problems);
  if (unlisted > 0) {
    const line = problems.at(-1)?.line ?? 1;
    problems.push({ line, message: `${unlisted} more rows behind this one cannot be used.` });
  }
  const examples = sample.examples();
  warnings.push(...odditiesOf(examples));
  return {
    name: file.name,
    path,
    fingerprint: hash.digest('hex').slice(0, 32),
    columns,
    mapping,
    examples,
    rows,
    problems,
    ...(warnings.length > 0 ? { warnings } : {}),
  };
}
