import { commands as vscodeCommands, ProgressLocation, Uri, window, workspace } from 'vscode';
import type { WorkspaceFolder } from 'vscode';
import { EngineError } from '../engine/index.ts';
import type { Engine } from '../engine/index.ts';
import { datasetSheet } from '../panel/datasetSheet.ts';
import { signalOf } from './cancellation.ts';
import type { Host } from './host.ts';
import { schemes } from './ids.ts';
import { pickDataset } from './panel/datasetChoice.ts';
import { fileUri, formPath } from './panel/promptChoice.ts';
import { serveDocuments } from './servedDocuments.ts';
import { requireFolder } from './trust.ts';

/** A dataset file to be shown. */
export interface PreviewChoice {
  /** As in the form: relative to the folder, or absolute. */
  readonly dataset: string;
  readonly encoding?: string;
}

/** Shows what a dataset file holds, as a page that VS Code's own editor opens. */
export interface DatasetPreviews {
  show(choice?: PreviewChoice): Promise<void>;
}

/** Serves the pages; a page that was open before a reload is read again. */
export function datasetPreviews(host: Host): DatasetPreviews {
  const pages = new Map<string, string>();
  const read = async (uri: Uri): Promise<string | undefined> => {
    const known = pages.get(uri.toString());
    const [place, dataset, encoding] = JSON.parse(uri.query) as [string, string, string];
    const folder = workspace.workspaceFolders?.find(each => each.uri.toString() === place);
    if (known !== undefined || !folder) return known;
    return pageOf(await host.engine(folder), { dataset, encoding });
  };
  const documents = serveDocuments(schemes.dataset, { read });
  host.context.subscriptions.push(documents);
  return {
    async show(choice) {
      const folder = requireFolder();
      const dataset = choice?.dataset ?? (await pickDataset(folder));
      if (dataset === undefined) return;
      const wanted = { ...choice, dataset };
      const uri = pageUri(folder, wanted);
      const text = await window.withProgress(
        { location: ProgressLocation.Notification, title: `Reading ${dataset}`, cancellable: true },
        async (_, token) => pageOf(await host.engine(folder), wanted, signalOf(token)),
      );
      pages.set(uri.toString(), text);
      documents.changed(uri);
      await vscodeCommands.executeCommand('vscode.open', uri, { preview: true });
    },
  };
}

/** The file in front of the person, where they are in one; else the one that they clicked. */
export function datasetInFront(clicked: unknown): PreviewChoice | undefined {
  const uri = clicked instanceof Uri ? clicked : window.activeTextEditor?.document.uri;
  if (uri?.scheme !== 'file' || !datasetFile.test(uri.path)) return undefined;
  return { dataset: formPath(requireFolder(uri), uri) };
}

const datasetFile = /\.(csv|tsv|jsonl|ndjson|json|ya?ml|parquet|xlsx)$/iu;

async function pageOf(
  engine: Engine,
  { dataset, encoding }: PreviewChoice,
  signal?: AbortSignal,
): Promise<string> {
  const request = encoding ? { encoding } : {};
  try {
    const { rows } = await engine.preview(dataset, request, signal);
    return datasetSheet(await engine.inspect(dataset, request, signal), rows);
  } catch (error) {
    if (signal?.aborted || !(error instanceof EngineError)) throw error;
    return `${error.message}\n`;
  }
}

function pageUri(folder: WorkspaceFolder, { dataset, encoding = '' }: PreviewChoice): Uri {
  const name = fileUri(folder, dataset).path.split('/').at(-1) ?? dataset;
  return Uri.from({
    scheme: schemes.dataset,
    path: `/${name} preview.txt`,
    query: JSON.stringify([folder.uri.toString(), dataset, encoding]),
  });
}
