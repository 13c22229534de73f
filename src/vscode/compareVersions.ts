import { commands as vscodeCommands, window } from 'vscode';
import { RequestError } from '../engine/index.ts';
import type { VersionHistory, VersionRef } from '../engine/index.ts';
import { comparisonTab } from './comparisonTab.ts';
import type { ComparisonTab } from './comparisonTab.ts';
import type { Host } from './host.ts';
import { commands } from './ids.ts';
import { guarded } from './notify.ts';
import { requireFolder } from './trust.ts';
import { pickVersion } from './pickVersions.ts';
import { openVersionDiff } from './versionDocuments.ts';

/** Story 3: pick versions → VS Code's diff editor, and the comparison beneath it. */
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
  const versions = await chooseVersions(history, named, promptNameIn(first));
  const [left, right] = [versions[0], versions.at(-1)];
  if (!left || !right) return;
  await openVersionDiff(folder, left, right);
  await tab.show(folder, versions);
}

/** As many questions as are needed: which prompt, which left version, which right one; of versions that are named, none. */
async function chooseVersions(
  history: VersionHistory,
  named: readonly VersionRef[],
  promptName: string | undefined,
): Promise<readonly VersionRef[]> {
  const [one, ...further] = [...named].sort((a, b) => a.number - b.number);
  if (one && further.some(other => other.promptName !== one.promptName)) {
    throw new RequestError('Select versions of the same prompt to compare them.');
  }
  if (one && further.length > 0) return [one, ...further];
  const name = one?.promptName ?? promptName ?? (await pickPrompt(history));
  if (name === undefined) return [];
  const versions = (await history.list(name)).toReversed();
  if (versions.length < 2) {
    throw new RequestError(`${name} has one version only; there is nothing to compare it with.`);
  }
  // What is asked most: what has the newest changed against the one before?
  const [newest, ...older] = versions;
  const leftFirst = newest ? [...older, newest] : versions;
  const left = one ?? (await pickVersion(leftFirst, `${name}: the version on the left`));
  if (!left) return [];
  const others = versions.filter(({ number }) => number !== left.number);
  const right = await pickVersion(others, `${name}: v${left.number} compared with`);
  return right ? [left, right] : [];
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
