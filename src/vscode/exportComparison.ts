import { commands as vscodeCommands, Uri, window, workspace } from 'vscode';
import type { WorkspaceFolder } from 'vscode';
import { RequestError } from '../engine/index.ts';
import type { VersionsComparison } from '../engine/index.ts';
import { comparisonReport, reportForms } from '../panel/comparisonReport.ts';
import { offer } from './offer.ts';

const filters = {
  'HTML, one file': ['html'],
  Markdown: ['md'],
  'CSV, for spreadsheets': ['csv'],
};

/** Writes the comparison to a file that the person names; its ending says the form. */
export async function exportComparison(
  folder: WorkspaceFolder,
  comparison: VersionsComparison,
): Promise<void> {
  const [first] = comparison.versions;
  const names = comparison.versions.map(({ number }) => `v${number}`).join('-');
  const target = await window.showSaveDialog({
    title: 'Export this comparison',
    defaultUri: Uri.joinPath(folder.uri, `${first?.promptName ?? 'prompt'}-${names}.html`),
    filters,
  });
  if (!target) return;
  const text = comparisonReport(comparison, target.path);
  if (text === undefined) {
    const endings = Object.keys(reportForms).map(ending => `.${ending}`);
    throw new RequestError(`The ending of the file says its form: ${endings.join(', ')}.`);
  }
  await workspace.fs.writeFile(target, new TextEncoder().encode(text));
  offer('information', `Exported to ${workspace.asRelativePath(target)}.`, {
    Open: () => vscodeCommands.executeCommand('vscode.open', target),
  });
}
