import { commands as vscodeCommands, Range, window } from 'vscode';
import type { WorkspaceFolder } from 'vscode';
import { RequestError } from '../engine/index.ts';
import type { Engine } from '../engine/index.ts';
import { firstLine } from '../panel/format.ts';
import type { RunForm } from '../panel/messages.ts';
import type { Host } from './host.ts';
import { offer } from './offer.ts';
import { pickDataset } from './panel/datasetChoice.ts';
import { fileUri } from './panel/promptChoice.ts';
import { requireFolder, requireTrust } from './trust.ts';

/** The parts of the form that say where a row goes. */
export type RowPlace = Pick<RunForm, 'dataset' | 'inputs' | 'expected'>;

/** Adds the selected text to a dataset as a row: input, expected answer, and a note. */
export async function addSelectionAsRow(host: Host, form: RowPlace): Promise<void> {
  requireTrust();
  const folder = requireFolder();
  const editor = window.activeTextEditor;
  const text = editor?.document.getText(editor.selection) ?? '';
  if (text.trim() === '') {
    throw new RequestError('Select the text that is to become the input of a row first.');
  }
  const engine = await host.engine(folder);
  const dataset = form.dataset === '' ? await pickDataset(folder) : form.dataset;
  if (dataset === undefined) return;
  const columns = await columnsFor(engine, { ...form, dataset });
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
  const answer = columns.expected === '' ? {} : { [columns.expected]: expected };
  const cells = { [input]: text, ...answer, ...(note === '' ? {} : { note }) };
  await appendRow(engine, folder, dataset, cells);
}

/** Where the cells of a new row go. */
export interface RowColumns {
  readonly all: readonly string[];
  readonly inputs: readonly string[];
  /** Empty where the file has no column for answers. */
  readonly expected: string;
  of(input: string): string;
}

/** What the form says, completed by the names of the file's columns. */
export async function columnsFor(engine: Engine, form: RowPlace): Promise<RowColumns> {
  const { columns, suggested } = await engine.preview(form.dataset);
  const chosen = { ...suggested?.inputs, ...form.inputs };
  const known = Object.values(chosen).filter(column => columns.includes(column));
  const expected = columns.includes(form.expected) ? form.expected : (suggested?.expected ?? '');
  return {
    all: columns.filter(column => column !== expected),
    inputs: [...new Set(known)],
    expected,
    of: input => chosen[input] ?? input,
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
