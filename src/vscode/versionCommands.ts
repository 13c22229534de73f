import { commands as vscodeCommands, Range, window, workspace, WorkspaceEdit } from 'vscode';
import { RequestError } from '../engine/index.ts';
import type { PromptVersion, VersionMark, VersionRef } from '../engine/index.ts';
import type { Host } from './host.ts';
import { commands } from './ids.ts';
import { guarded } from './notify.ts';
import { offer } from './offer.ts';
import { requireFolder, requireTrust } from './trust.ts';
import { editFor, findSource, showSource } from './versionSource.ts';
import { refOf } from './versionsTree.ts';

/** What a person can do with a version in the Versions view. Nothing here deletes anything. */
export function versionCommands(host: Host): void {
  const register = (id: string, work: (version: PromptVersion) => Promise<void>): void => {
    const command = vscodeCommands.registerCommand(id, (clicked: unknown) =>
      guarded(host.log, async () => work(await versionOf(host, clicked))),
    );
    host.context.subscriptions.push(command);
  };
  register(commands.nameVersion, async version => {
    const label = await ask(version, 'a name', version.label);
    if (label !== undefined) await mark(host, version, { label });
  });
  register(commands.noteVersion, async version => {
    const note = await ask(version, 'a note', version.note);
    if (note !== undefined) await mark(host, version, { note });
  });
  register(commands.pinVersion, version => mark(host, version, { pinned: true }));
  register(commands.unpinVersion, version => mark(host, version, { pinned: false }));
  register(commands.restoreVersion, version => restore(host, version));
  register(commands.openVersionSource, async version => {
    await showSource(await sourceOf(host, version));
  });
  register(commands.writeVersionToSource, version => writeToSource(host, version));
}

async function versionOf(host: Host, clicked: unknown): Promise<PromptVersion> {
  const ref: VersionRef | undefined = refOf(clicked);
  if (!ref) throw new RequestError('Choose a version in the Versions view first.');
  return (await host.engine(requireFolder())).history.read(ref);
}

function ask(
  { promptName, number }: PromptVersion,
  what: string,
  value = '',
): Thenable<string | undefined> {
  return window.showInputBox({
    title: `${promptName} v${number}: ${what}`,
    value,
    prompt: 'Leave it empty to take it away.',
    ignoreFocusOut: true,
  });
}

async function mark(host: Host, version: PromptVersion, change: VersionMark): Promise<void> {
  requireTrust();
  await (await host.engine(requireFolder())).history.mark(version, change);
  host.versionsChanged();
}

async function restore(host: Host, version: PromptVersion): Promise<void> {
  requireTrust();
  const { promptName, number, prompt, metadata } = version;
  const { history } = await host.engine(requireFolder());
  const newest = (await history.list(promptName)).at(-1);
  const { source } = metadata;
  const restored = await history.save({
    promptName,
    prompt,
    origin: 'typed',
    parentId: version.id,
    note: `Restored from v${number}`,
    metadata: { restoredFrom: number, ...(source === undefined ? {} : { source }) },
  });
  host.versionsChanged();
  const text =
    restored.number === newest?.number
      ? `${promptName} v${restored.number} is that text already.`
      : `Restored ${promptName} v${number} as v${restored.number}; nothing was deleted.`;
  offer('information', text, {
    Open: () => vscodeCommands.executeCommand(commands.openVersion, restored),
  });
}

async function sourceOf(host: Host, { promptName }: PromptVersion) {
  const folder = requireFolder();
  const versions = await (await host.engine(folder)).history.list(promptName);
  return findSource(folder, versions, host.sources);
}

async function writeToSource(host: Host, version: PromptVersion): Promise<void> {
  requireTrust();
  const source = await sourceOf(host, version);
  const { document } = source;
  const edit = await editFor(source, version.prompt, host.sources);
  const range = new Range(document.positionAt(edit.start), document.positionAt(edit.end));
  const change = new WorkspaceEdit();
  change.replace(document.uri, range, edit.text);
  if (!(await workspace.applyEdit(change))) {
    throw new RequestError('VS Code did not take the edit; the file is as it was.');
  }
  await showSource({ document, start: edit.start, end: edit.start + edit.text.length });
  const file = workspace.asRelativePath(document.uri, false);
  offer(
    'information',
    `${version.promptName} v${version.number} stands in ${file}; undo takes it back.`,
  );
}
