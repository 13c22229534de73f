import { window } from 'vscode';
import type { WorkspaceFolder } from 'vscode';
import { RequestError } from '../engine/index.ts';
import type { Engine } from '../engine/index.ts';
import { firstLine } from '../panel/format.ts';
import { appendRow, columnsFor } from './addRow.ts';
import type { RowPlace } from './addRow.ts';
import type { Host } from './host.ts';
import { requireFolder, requireTrust } from './trust.ts';

/** A row that a person knows the right answer to. */
export interface FixableRow {
  readonly line: number;
  readonly inputs: Readonly<Record<string, string>>;
  readonly expected?: string;
  /** What the model answered; absent where that is not known any more. */
  readonly output?: string;
  /** Cells beside inputs and answer, which the new row gets too. */
  readonly columns?: Readonly<Record<string, string>>;
}

interface JudgedRow extends FixableRow {
  readonly id: string;
  readonly output: string;
  readonly outcome: string;
  readonly scores: Readonly<Record<string, number | null>>;
}

/**
 * Adds a row of a run once more, with the answer that the person says is right: the row of that id,
 * or one that the person picks among those that lost points.
 */
export async function addFixedAnswer(
  host: Host,
  place: RowPlace,
  runId: string,
  exampleId?: string,
): Promise<void> {
  requireTrust();
  const folder = requireFolder();
  const engine = await host.engine(folder);
  await requireSameDataset(engine, place, runId);
  const columns = otherColumns(place);
  const text = await engine.exportRun({ runId, format: 'json', columns });
  const rows = JSON.parse(text) as JudgedRow[];
  const row = exampleId === undefined ? await pickRow(rows) : rowOf(rows, exampleId);
  if (row) await askFixedAnswer(engine, folder, place, row);
}

/** Asks for the right answer to a row, and adds the row with it at the end of its dataset. */
export async function askFixedAnswer(
  engine: Engine,
  folder: WorkspaceFolder,
  place: RowPlace,
  row: FixableRow,
): Promise<void> {
  const said = row.output === undefined ? '' : ` The model said: ${firstLine(row.output, 60)}`;
  const expected = await window.showInputBox({
    title: `The right answer for line ${row.line}`,
    prompt: `For: ${firstLine(Object.values(row.inputs).join(' '), 100)}${said}`,
    value: row.expected ?? row.output ?? '',
    ignoreFocusOut: true,
  });
  if (expected === undefined) return;
  const columns = await columnsFor(engine, place);
  const inputs = Object.entries(row.inputs).map(
    ([name, text]) => [columns.of(name), text] as const,
  );
  const cells = { ...row.columns, ...Object.fromEntries(inputs), ...columns.answer(expected) };
  await appendRow(engine, folder, place.dataset, cells);
}

/** Columns that an answer depends on beside the inputs; a row that is added again keeps them. */
export function otherColumns({ messages, context, split }: RowPlace): string[] {
  return [messages, context, split].filter(column => column !== undefined);
}

/** A row of one file does not belong into another, and the form may have moved on since the run. */
async function requireSameDataset(
  engine: Engine,
  { dataset }: RowPlace,
  runId: string,
): Promise<void> {
  for await (const event of engine.replay(runId)) {
    if (event.type !== 'run-start') continue;
    const { datasetName } = event.header;
    if (dataset.split(/[\\/]/).at(-1) === datasetName) return;
    throw new RequestError(
      `This run was over ${datasetName}; choose that file as the dataset of the form, so that the row is added to it.`,
    );
  }
}

function rowOf(rows: readonly JudgedRow[], exampleId: string): JudgedRow {
  const row = rows.find(({ id }) => id === exampleId);
  if (row) return row;
  throw new RequestError('This row is not among those that the run was judged by.');
}

async function pickRow(rows: readonly JudgedRow[]): Promise<JudgedRow | undefined> {
  const lost = rows.filter(row => Object.values(row.scores).some(score => (score ?? 0) < 1));
  if (lost.length === 0) throw new RequestError('Every row of this run was answered right.');
  const picked = await window.showQuickPick(
    lost.map(row => ({
      label: `Line ${row.line}`,
      description: firstLine(Object.values(row.inputs).join(' '), 80),
      detail: `Expected ${firstLine(row.expected ?? '–', 40)}, got ${firstLine(row.output || row.outcome, 60)}`,
      row,
    })),
    { title: 'Which row gets a fixed answer?', matchOnDescription: true, matchOnDetail: true },
  );
  return picked?.row;
}
