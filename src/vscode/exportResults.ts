import { commands as vscodeCommands, Uri, window, workspace } from 'vscode';
import { RequestError } from '../engine/index.ts';
import { exportEndings, exportFormatOf } from '../panel/exportFormat.ts';
import type { Host } from './host.ts';
import { offer } from './offer.ts';
import { requireFolder, requireTrust } from './trust.ts';

const filters = {
  'CSV, for spreadsheets': ['csv'],
  'JSON Lines': ['jsonl'],
  JSON: ['json'],
  'Tab-separated values': ['tsv'],
  'JUnit XML': ['xml'],
};

/** Writes the rows of a run to a file that the person names; its ending says the form. */
export async function exportResults(host: Host, runId: string): Promise<void> {
  requireTrust();
  const folder = requireFolder();
  const target = await window.showSaveDialog({
    title: 'Export the rows of this run',
    defaultUri: Uri.joinPath(folder.uri, `${runId}.csv`),
    filters,
  });
  if (!target) return;
  const format = exportFormatOf(target.path);
  if (!format) {
    const endings = Object.keys(exportEndings).map(ending => `.${ending}`);
    throw new RequestError(`The ending of the file says its form: ${endings.join(', ')}.`);
  }
  const text = await (await host.engine(folder)).exportRun({ runId, format });
  await workspace.fs.writeFile(target, new TextEncoder().encode(text));
  offer('information', `Exported to ${workspace.asRelativePath(target)}.`, {
    Open: () => vscodeCommands.executeCommand('vscode.open', target),
  });
}
