import { workspace } from 'vscode';
import type { Disposable } from 'vscode';

/** Tells when another window, or the command line, begins to work on a run or ends one. */
export function runsWatch(onChange: () => void): Disposable {
  const watcher = workspace.createFileSystemWatcher(
    '**/.prompts/*/runs/*/{owner,end}-*.json',
    false,
    true,
    true,
  );
  watcher.onDidCreate(onChange);
  return watcher;
}
