import { stat } from 'node:fs/promises';
import { FilePermission, workspace } from 'vscode';
import type { TextDocument } from 'vscode';

/** Why nothing may be written into a document, as the end of a sentence; undefined where it may. */
export async function whyNotWritten({ uri }: TextDocument): Promise<string | undefined> {
  if (/\/\.prompts\/[^/]+\/v\d+(\.output)?\.md$/.test(uri.path)) {
    return 'a saved version is never changed';
  }
  if (uri.scheme === 'untitled' || uri.scheme === 'vscode-notebook-cell') return undefined;
  if (workspace.fs.isWritableFileSystem(uri.scheme) !== true) return 'the document is read-only';
  const isOnDisk = uri.scheme === 'file';
  return (isOnDisk ? await isLocked(uri.fsPath) : await isReadonly(uri))
    ? 'the file is read-only'
    : undefined;
}

/** VS Code does not say of a file on the disk that nobody may write it. */
function isLocked(path: string): Promise<boolean> {
  return stat(path).then(
    ({ mode }) => (mode & 0o222) === 0,
    () => false,
  );
}

async function isReadonly(uri: TextDocument['uri']): Promise<boolean> {
  return workspace.fs.stat(uri).then(
    ({ permissions = 0 }) => (permissions & FilePermission.Readonly) !== 0,
    () => false,
  );
}

const generated =
  /@generated\b|\bDO NOT EDIT\b|\b(?:code|file|auto(?:matically)?)[ -]?generated (?:by|from|file|code)\b/i;

/** Whether the first lines of a file say that a program writes it, so that a change would be lost. */
export function saysGenerated(text: string): boolean {
  return generated.test(text.slice(0, 1_000));
}
