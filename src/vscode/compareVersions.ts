import { commands as vscodeCommands, window } from 'vscode';
import type { QuickPickItem, WorkspaceFolder } from 'vscode';
import { RequestError } from '../engine/index.ts';
import type { PromptVersion, VersionHistory, VersionRef } from '../engine/index.ts';
import { comparisonTab } from './comparisonTab.ts';
import type { ComparisonTab } from './comparisonTab.ts';
import type { Host } from './host.ts';
import { commands } from './ids.ts';
import { guarded } from './notify.ts';
import { requireFolder } from './trust.ts';
import { openVersionDiff } from './versionDocuments.ts';

/** Two versions of one prompt. */
export interface VersionPair {
  readonly left: VersionRef;
  readonly right: VersionRef;
}

/** Story 3: pick two versions → VS Code's diff editor, and the metric table beneath it. */
export function comparePromptVersions(host: Host): void {
  const tab = comparisonTab(host);
  host.context.subscriptions.push(
    tab,
    vscodeCommands.registerCommand(commands.compareVersions, (first?: unknown, all?: unknown) =>
      guarded(host.log, () => compare(host, tab, first, all)),
    ),
  );
}

async function compare(
  host: Host,
  tab: ComparisonTab,
  first: unknown,
  all: unknown,
): Promise<void> {
  const folder = requireFolder();
  const { history } = await host.engine(folder);
  const named = versionsIn(Array.isArray(all) && all.length > 1 ? all : [first]);
  const pair = await choosePair(history, named, promptNameIn(first));
  if (pair) await show(tab, folder, pair);
}

async function show(tab: ComparisonTab, folder: WorkspaceFolder, pair: VersionPair): Promise<void> {
  await openVersionDiff(folder, pair.left, pair.right);
  await tab.show(folder, pair);
}

/** As many questions as are needed: which prompt, which left version, which right one. */
async function choosePair(
  history: VersionHistory,
  named: readonly VersionRef[],
  promptName: string | undefined,
): Promise<VersionPair | undefined> {
  const [one, two, third] = [...named].sort((a, b) => a.number - b.number);
  if (third || (one && two && one.promptName !== two.promptName)) {
    throw new RequestError('Select two versions of the same prompt to compare them.');
  }
  if (one && two) return { left: one, right: two };
  const name = one?.promptName ?? promptName ?? (await pickPrompt(history));
  if (name === undefined) return undefined;
  const versions = (await history.list(name)).toReversed();
  if (versions.length < 2) {
    throw new RequestError(`${name} has one version only; there is nothing to compare it with.`);
  }
  // What is asked most: what has the newest changed against the one before?
  const [newest, ...older] = versions;
  const leftFirst = newest ? [...older, newest] : versions;
  const left = one ?? (await pickVersion(leftFirst, `${name}: the version on the left`));
  if (!left) return undefined;
  const others = versions.filter(({ number }) => number !== left.number);
  const right = await pickVersion(others, `${name}: v${left.number} compared with`);
  return right && { left, right };
}

async function pickPrompt(history: VersionHistory): Promise<string | undefined> {
  const names = await history.names();
  const [only] = names;
  if (only === undefined) {
    throw new RequestError(
      'There are no versions yet. Accept a refinement, or keep the winner of a run, to make the first.',
    );
  }
  return names.length === 1
    ? only
    : window.showQuickPick(names, { title: 'Compare versions of which prompt?' });
}

async function pickVersion(
  versions: readonly PromptVersion[],
  title: string,
): Promise<VersionRef | undefined> {
  const items = versions.map((version): QuickPickItem & { version: PromptVersion } => ({
    label: `v${version.number}`,
    description: `${version.origin} · ${version.createdAt.slice(0, 10)}`,
    ...(version.note ? { detail: version.note } : {}),
    version,
  }));
  const picked = await window.showQuickPick(items, { title, matchOnDetail: true });
  return picked?.version;
}

/** The versions that a command was given: by the tree, as nodes, or by our own buttons. */
function versionsIn(given: readonly unknown[]): VersionRef[] {
  return given.flatMap(each => {
    if (typeof each !== 'object' || each === null) return [];
    const version = 'version' in each ? each.version : each;
    return isVersionRef(version) ? [version] : [];
  });
}

function promptNameIn(given: unknown): string | undefined {
  if (typeof given !== 'object' || given === null || !('promptName' in given)) return undefined;
  return typeof given.promptName === 'string' ? given.promptName : undefined;
}

function isVersionRef(value: unknown): value is VersionRef {
  return (
    typeof value === 'object' &&
    value !== null &&
    'promptName' in value &&
    typeof value.promptName === 'string' &&
    'number' in value &&
    typeof value.number === 'number'
  );
}
