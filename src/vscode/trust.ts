import { window, workspace } from 'vscode';
import type { Uri, WorkspaceFolder } from 'vscode';
import { RequestError } from '../engine/index.ts';

/**
 * Throws where the workspace is not trusted: a command can be called though it is hidden, so each
 * asks before it sends or writes anything.
 */
export function requireTrust(): void {
  if (workspace.isTrusted) return;
  throw new RequestError(
    'This workspace is not trusted, so Prompt Refiner sends nothing to a model and writes nothing here. Trust the workspace first.',
    'trust-workspace',
  );
}

/** The folder on this machine whose `.prompts` is used: the document's, or the first. */
export function promptFolder(document?: Uri): WorkspaceFolder | undefined {
  const near = document ?? window.activeTextEditor?.document.uri;
  const own = near && workspace.getWorkspaceFolder(near);
  return [own, ...(workspace.workspaceFolders ?? [])].find(each => each?.uri.scheme === 'file');
}

/** The same; throws where there is none. */
export function requireFolder(document?: Uri): WorkspaceFolder {
  const folder = promptFolder(document);
  if (folder) return folder;
  throw new RequestError(
    'No folder is open, so there is no place for .prompts. Open a folder on this machine first.',
    'open-folder',
  );
}
