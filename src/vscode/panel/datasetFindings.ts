import { workspace } from 'vscode';
import type { Disposable, Uri, WorkspaceFolder } from 'vscode';
import type { DatasetFindings } from '../datasetProblems.ts';
import { datasetPattern } from './datasetChoice.ts';
import type { FormModel } from './formModel.ts';
import { fileUri } from './promptChoice.ts';

/** What the form knows of the lines of its dataset; undefined where none is chosen. */
export function datasetFindings(
  folder: WorkspaceFolder,
  form: FormModel,
): DatasetFindings | undefined {
  const { dataset } = form.form();
  if (dataset === '') return undefined;
  const uri = fileUri(folder, dataset);
  const estimate = form.estimate();
  const { fault, dataset: preview } = form.facts();
  if (fault) return { uri, fault, problems: [], warnings: [] };
  if (typeof estimate === 'object' && !('problem' in estimate))
    return { uri, ...linesOf(estimate) };
  const found = { uri, ...linesOf(preview ?? { problems: [] }) };
  return typeof estimate === 'object' && estimate.fault
    ? { ...found, fault: estimate.fault }
    : found;
}

function linesOf({
  problems,
  warnings = [],
}: Pick<DatasetFindings, 'problems'> & Partial<Pick<DatasetFindings, 'warnings'>>) {
  return { problems, warnings };
}

/** Tells of dataset files that others change: a spreadsheet, a script, our own added rows. */
export function datasetWatch(onChange: (uri: Uri) => void): Disposable {
  const watcher = workspace.createFileSystemWatcher(datasetPattern);
  watcher.onDidChange(onChange);
  watcher.onDidCreate(onChange);
  watcher.onDidDelete(onChange);
  return watcher;
}
