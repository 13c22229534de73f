import assert from 'node:assert/strict';
import {
  ConfigurationTarget,
  extensions,
  Selection,
  TabInputTextDiff,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { Tab, TextDocument, TextEditor, WorkspaceFolder } from 'vscode';
import type { PromptRefinerApi } from '../../../src/extension.ts';

/** The extension under test, activated. */
export async function promptRefiner(): Promise<PromptRefinerApi> {
  const extension = extensions.getExtension<PromptRefinerApi>('prompt-refiner.prompt-refiner');
  assert.ok(extension, 'the extension is not installed in this VS Code');
  return extension.activate();
}

/** The folder that the test window has open. */
export function folder(): WorkspaceFolder {
  const [first] = workspace.workspaceFolders ?? [];
  assert.ok(first, 'no folder is open');
  return first;
}

/** Writes a file below the folder. */
export async function written(path: string, text: string): Promise<Uri> {
  const uri = Uri.joinPath(folder().uri, path);
  await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

/** Names below a folder; none where there is no such folder. */
export async function namesBelow(path: string): Promise<string[]> {
  const entries = await workspace.fs.readDirectory(Uri.joinPath(folder().uri, path)).then(
    found => found,
    () => [],
  );
  return entries.map(([name]) => name).sort();
}

/** The text of a file below the folder. */
export async function textOf(path: string): Promise<string> {
  const bytes = await workspace.fs.readFile(Uri.joinPath(folder().uri, path));
  return new TextDecoder().decode(bytes);
}

/** Opens a document and selects `selected` in it; without that, the cursor is put before `at`. */
export async function opened(
  source: Uri | TextDocument,
  { selected, at }: { readonly selected?: string; readonly at?: string } = {},
): Promise<TextEditor> {
  const document = source instanceof Uri ? await workspace.openTextDocument(source) : source;
  const editor = await window.showTextDocument(document, { preview: false });
  const start = document.getText().indexOf(selected ?? at ?? '');
  const end = start + (selected?.length ?? 0);
  editor.selection = new Selection(document.positionAt(start), document.positionAt(end));
  return editor;
}

/** The tab with VS Code's diff editor on documents of a scheme, once it is there. */
export async function diffTab(scheme: string): Promise<Tab & { input: TabInputTextDiff }> {
  return until(`a diff editor on ${scheme}:`, () => findDiff(scheme));
}

/** The same, or undefined now. */
export function findDiff(scheme: string): (Tab & { input: TabInputTextDiff }) | undefined {
  return window.tabGroups.all
    .flatMap(group => group.tabs)
    .find(
      (tab): tab is Tab & { input: TabInputTextDiff } =>
        tab.input instanceof TabInputTextDiff && tab.input.modified.scheme === scheme,
    );
}

/** Closes everything without saving. */
export async function closeEverything(): Promise<void> {
  for (const document of workspace.textDocuments) {
    if (document.isDirty) await discardChanges(document);
  }
  await window.tabGroups.close(window.tabGroups.all.flatMap(group => group.tabs));
}

async function discardChanges(document: TextDocument): Promise<void> {
  const { commands } = await import('vscode');
  await window.showTextDocument(document);
  await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
}

/** Sets a setting of ours for the person, or takes it away. */
export async function setSetting(name: string, value: unknown): Promise<void> {
  await workspace.getConfiguration('promptRefiner').update(name, value, ConfigurationTarget.Global);
}

/** Waits until something is there. Throws with its name after `limit` milliseconds. */
export async function until<Value>(
  what: string,
  look: () => Value | undefined | false | Promise<Value | undefined | false>,
  limit = 20_000,
): Promise<Value> {
  const end = Date.now() + limit;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`Waited ${limit} ms in vain for ${what}.`);
    await new Promise(done => setTimeout(done, 50));
  }
}
