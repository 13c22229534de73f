import { Uri } from 'vscode';
import type { WorkspaceFolder } from 'vscode';
import { schemes } from './ids.ts';

/** A text of a recorded run: a prompt that it tried, or what that prompt answered to a row. */
export interface RunPlace {
  readonly runId: string;
  readonly candidateId: string;
  /** Absent: the prompt itself. */
  readonly exampleId?: string;
}

/**
 * The document of such a text. People see its name, above the editor too; the ids are in the query.
 * @param name with its ending, such as "line 17, best.txt"
 */
export function runDocumentUri(
  folder: WorkspaceFolder,
  { runId, candidateId, exampleId }: RunPlace,
  name: string,
): Uri {
  const query = new URLSearchParams({
    folder: folder.uri.toString(),
    run: runId,
    candidate: candidateId,
    ...(exampleId === undefined ? {} : { row: exampleId }),
  });
  return Uri.from({
    scheme: schemes.version,
    path: `/${name.replace(/[\\/]/gu, '_')}`,
    query: query.toString(),
  });
}

/** What a document stands for, and the folder it is from; undefined for one that is of no run. */
export function runPlaceIn({
  query,
}: Uri): { readonly folder: string; readonly place: RunPlace } | undefined {
  const facts = new URLSearchParams(query);
  const [folder, runId, candidateId] = ['folder', 'run', 'candidate'].map(each => facts.get(each));
  if (!folder || !runId || !candidateId) return undefined;
  const exampleId = facts.get('row');
  return {
    folder,
    place: { runId, candidateId, ...(exampleId === null ? {} : { exampleId }) },
  };
}
