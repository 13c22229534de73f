import { commands as vscodeCommands, Range, window } from 'vscode';
import type { WorkspaceFolder } from 'vscode';
import { RequestError } from '../engine/index.ts';
import type { ColumnMapping, Engine } from '../engine/index.ts';
import { firstLine } from '../panel/format.ts';
import type { RunForm } from '../panel/messages.ts';
import { readForm } from '../panel/readForm.ts';
import type { Host } from './host.ts';
import { offer } from './offer.ts';
import { pickDataset } from './panel/datasetChoice.ts';
import { fileUri } from './panel/promptChoice.ts';
import { requireFolder, requireTrust } from './trust.ts';

/** Where a row goes: a dataset, and which of its columns hold what. */
export interface RowPlace extends Partial<ColumnMapping> {
  readonly dataset: string;
}

/** Where the form says that a row goes. */
export function placeIn(form: RunForm): RowPlace {
  return { dataset: form.dataset, ...readForm(form).mapping };
}

/** Adds the selected text to a dataset as a row: input, expected answer, and a note. */
export async function addSelectionAsRow(host: Host, place: RowPlace): Promise<void> {
  requireTrust();
  const folder = requireFolder();
  const editor = window.activeTextEditor;
  const text = editor?.document.getText(editor.selection) ?? '';
  if (text.trim() === '') {
    throw new RequestError('Select the text that is to become the input of a row first.');
  }
  const engine = await host.engine(folder);
  const dataset = place.dataset === '' ? await pickDataset(folder) : place.dataset;
  if (dataset === undefined) return;
  const columns = await columnsFor(engine, { ...place, dataset });
  const input = await inputColumn(columns);
  if (input === undefined) return;
  const expected = await window.showInputBox({
    title: `New row of ${dataset}: the right answer`,
    prompt: `For: ${firstLine(text, 100)}`,
    ignoreFocusOut: true,
  });
  if (expected === undefined) return;
  const note = await window.showInputBox({
    title: `New row of ${dataset}: a note`,
    prompt: 'Kept in the column "note" where the file has one; leave it empty for none.',
    ignoreFocusOut: true,
  });
  if (note === undefined) return;
  const answer = expected === '' ? {} : columns.answer(expected);
  const cells = { [input]: text, ...answer, ...(note === '' ? {} : { note }) };
  await appendRow(engine, folder, dataset, cells);
}

/** Where the cells of a new row go. */
export interface RowColumns {
  /** All but those of answers. */
  readonly all: readonly string[];
  readonly inputs: readonly string[];
  of(input: string): string;
  /** The cell of a right answer, in the form that its column is read in. */
  answer(text: string): Readonly<Record<string, string>>;
}

/** What is known of the place, completed by the names of the file's columns. */
export async function columnsFor(engine: Engine, place: RowPlace): Promise<RowColumns> {
  const { columns, suggested } = await engine.preview(place.dataset);
  const inputs = { ...suggested?.inputs, ...place.inputs };
  const known = Object.values(inputs).filter(column => columns.includes(column));
  const there = (column: string | undefined): string | undefined =>
    column !== undefined && columns.includes(column) ? column : undefined;
  const expected = there(place.expected);
  const labels = there(place.labels);
  const references = there(place.references);
  const answers = expected ?? labels ?? references ?? suggested?.expected;
  return {
    all: columns.filter(column => column !== answers),
    inputs: [...new Set(known)],
    of: input => inputs[input] ?? input,
    answer(text) {
      const isList = references !== undefined && answers === references;
      return { [answers ?? 'expected']: isList ? JSON.stringify([text]) : text };
    },
  };
}

async function inputColumn({ inputs, all }: RowColumns): Promise<string | undefined> {
  const [only, ...more] = inputs;
  if (only !== undefined && more.length === 0) return only;
  return window.showQuickPick([...(inputs.length > 0 ? inputs : all)], {
    title: 'Which column is the selected text for?',
  });
}

/** Appends a row to a dataset and says where it is. */
export async function appendRow(
  engine: Engine,
  folder: WorkspaceFolder,
  dataset: string,
  cells: Readonly<Record<string, string>>,
): Promise<void> {
  const { line, leftOut } = await engine.addRow(dataset, cells);
  const lost = leftOut.length === 0 ? '' : ` It has no column for ${leftOut.join(' and ')}.`;
  offer('information', `Added line ${line} to ${dataset}.${lost}`, {
    Open: () =>
      vscodeCommands.executeCommand('vscode.open', fileUri(folder, dataset), {
        selection: new Range(line - 1, 0, line - 1, 0),
      }),
  });
}
