import { window } from 'vscode';
import type { QuickPickItem } from 'vscode';
import { RequestError } from '../engine/index.ts';
import type { PromptVersion, VersionHistory, VersionRef } from '../engine/index.ts';
import { originWord } from '../panel/presentComparison.ts';

/** Lets the person choose one of these versions. */
export async function pickVersion(
  versions: readonly PromptVersion[],
  title: string,
): Promise<VersionRef | undefined> {
  const items = versions.map((version): QuickPickItem & { version: PromptVersion } => ({
    label: `v${version.number}${version.label ? ` ${version.label}` : ''}`,
    description: `${originWord(version.origin)} · ${version.createdAt.slice(0, 10)}`,
    ...(version.note ? { detail: version.note } : {}),
    version,
  }));
  const picked = await window.showQuickPick(items, { title, matchOnDetail: true });
  return picked?.version;
}

/** Lets the person choose one more version of the same prompt. */
export async function pickAnother(
  history: VersionHistory,
  shown: readonly VersionRef[],
): Promise<VersionRef | undefined> {
  const [first] = shown;
  if (!first) return undefined;
  const taken = new Set(shown.map(({ number }) => number));
  const others = (await history.list(first.promptName))
    .filter(({ number }) => !taken.has(number))
    .toReversed();
  if (others.length === 0) {
    throw new RequestError(`All versions of ${first.promptName} are shown already.`);
  }
  return pickVersion(others, `${first.promptName}: one more version`);
}
