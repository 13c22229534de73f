import { RelativePattern, window, workspace } from 'vscode';
import type { QuickPickItem, WorkspaceFolder } from 'vscode';
import { formPath } from './promptChoice.ts';

const endings = ['csv', 'tsv', 'jsonl', 'ndjson', 'json', 'yaml', 'yml', 'parquet', 'xlsx'];
/** Where datasets lie, as a glob below a folder. */
export const datasetPattern = `**/*.{${endings.join(',')}}`;
const mostSuggestions = 200;

interface DatasetItem extends QuickPickItem {
  readonly path?: string;
}

const browseItem: DatasetItem = { label: '$(folder-opened) Choose a file…', alwaysShow: true };

/** Lets the person choose among the dataset files of the folder, or any other file. */
export async function pickDataset(
  folder: WorkspaceFolder,
  title = 'Which dataset?',
): Promise<string | undefined> {
  const items = [browseItem, ...(await datasetItems(folder))];
  const picked = await window.showQuickPick(items, {
    title,
    placeHolder: 'CSV, TSV, JSON, JSONL, YAML, Parquet or Excel',
    matchOnDescription: true,
  });
  return picked === browseItem ? browse(folder) : picked?.path;
}

/** Paths of the dataset files of the folder, as the form names them; never all of very many. */
export async function datasetFiles(folder: WorkspaceFolder): Promise<string[]> {
  const files = await workspace.findFiles(
    new RelativePattern(folder, datasetPattern),
    // Settings of tools and our own records are JSON too, but no datasets.
    '{**/node_modules/**,**/.*/**,**/{package,package-lock,tsconfig*,jsconfig*,composer}.json}',
    mostSuggestions,
  );
  return files.map(uri => formPath(folder, uri)).sort();
}

async function datasetItems(folder: WorkspaceFolder): Promise<DatasetItem[]> {
  const paths = await datasetFiles(folder);
  return paths.map(path => ({
    label: `$(table) ${path.split('/').at(-1) ?? path}`,
    description: path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '',
    path,
  }));
}

async function browse(folder: WorkspaceFolder): Promise<string | undefined> {
  const [uri] =
    (await window.showOpenDialog({
      title: 'Choose a dataset file',
      defaultUri: folder.uri,
      filters: { Datasets: endings, 'All files': ['*'] },
    })) ?? [];
  return uri && formPath(folder, uri);
}
