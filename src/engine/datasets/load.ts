import { createHash } from 'node:crypto';
import type { ColumnMapping, Dataset } from '../core/example.ts';
import { exampleOf } from './example.ts';
import { openDataset } from './file.ts';
import { newFindings } from './findings.ts';
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

const listedProblems = 1000;

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
  const findings = newFindings(listedProblems);
  const hash = createHash('sha256');
  let columns = start.columns;
  let rows = 0;
  for await (const event of readTable(file, signal)) {
    if (event.kind === 'columns') columns = event.columns;
    else if (event.kind === 'problem') findings.addProblem(event.problem);
    else if (event.kind === 'warning') findings.addWarning(event.problem);
    else {
      const made = exampleOf(event.row, mapping, options.needsExpected);
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
  if (rows === 0) throw noUsableRow(file.name, findings.problems());
  const examples = sample.examples();
  odditiesOf(examples).forEach(findings.addWarning);
  return {
    name: file.name,
    path,
    fingerprint: hash.digest('hex').slice(0, 32),
    columns,
    mapping,
    examples,
    rows,
    problems: findings.problems(),
    ...findings.warnings(),
  };
}
