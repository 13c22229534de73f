import {
  commands as vscodeCommands,
  EventEmitter,
  MarkdownString,
  RelativePattern,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  window,
  workspace,
} from 'vscode';
import type { TreeDataProvider } from 'vscode';
import type { Engine, PromptVersion, RunSummary, VersionRef } from '../engine/index.ts';
import { formatMoment, originWord } from '../panel/presentComparison.ts';
import type { Host, Resource } from './host.ts';
import { commands, contextKeys, views } from './ids.ts';
import { notify } from './notify.ts';
import { promptFolder } from './trust.ts';

/** A line of the tree: a prompt, one of its versions, or one of its runs. */
export type VersionNode =
  | { readonly kind: 'prompt'; readonly promptName: string }
  | { readonly kind: 'version'; readonly version: PromptVersion }
  | { readonly kind: 'runs'; readonly promptName: string; readonly runs: readonly RunSummary[] }
  | { readonly kind: 'run'; readonly run: RunSummary };

/** The version that a line of the tree, or one of our own buttons, stands for. */
export function refOf(clicked: unknown): VersionRef | undefined {
  if (typeof clicked !== 'object' || clicked === null) return undefined;
  const ref = 'version' in clicked ? clicked.version : clicked;
  const isRef = typeof ref === 'object' && ref !== null && 'promptName' in ref && 'number' in ref;
  return isRef ? (ref as VersionRef) : undefined;
}

/** The prompts of `.prompts` and their versions, newest first. */
export function versionsTree(host: Host): void {
  const changed = new EventEmitter<void>();
  const refresh = (): void => changed.fire();
  const provider: TreeDataProvider<VersionNode> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: itemOf,
    getChildren: node => childrenOf(host, node),
  };
  const tree = window.createTreeView(views.versions, {
    treeDataProvider: provider,
    canSelectMany: true,
    showCollapseAll: true,
  });
  host.context.subscriptions.push(
    changed,
    tree,
    host.onDidChangeVersions(refresh),
    workspace.onDidGrantWorkspaceTrust(refresh),
    workspace.onDidChangeWorkspaceFolders(refresh),
    vscodeCommands.registerCommand(commands.refreshVersions, refresh),
    watchVersions(host),
  );
}

/** What another window, the command line or git did to `.prompts`. */
function watchVersions(host: Host): Resource {
  const folder = promptFolder();
  const pattern = '.prompts/*/{*,marks/*}.json';
  const watcher = workspace.createFileSystemWatcher(
    folder ? new RelativePattern(folder, pattern) : `**/${pattern}`,
  );
  watcher.onDidCreate(() => host.versionsChanged());
  watcher.onDidDelete(() => host.versionsChanged());
  return watcher;
}

async function childrenOf(host: Host, node?: VersionNode): Promise<VersionNode[]> {
  const folder = promptFolder();
  if (!folder) return [];
  try {
    const engine = await host.engine(folder);
    const { history } = engine;
    if (node?.kind === 'version' || node?.kind === 'run') return [];
    if (node?.kind === 'runs') return node.runs.map(run => ({ kind: 'run', run }));
    if (node) return await linesOf(engine, node.promptName);
    const names = await history.names();
    await vscodeCommands.executeCommand('setContext', contextKeys.hasVersions, names.length > 0);
    return names.map(promptName => ({ kind: 'prompt', promptName }));
  } catch (error) {
    notify(error, host.log);
    return [];
  }
}

/** Pinned versions first, then the newest; the runs come last, in a fold of their own. */
async function linesOf({ history, runs }: Engine, promptName: string): Promise<VersionNode[]> {
  const [versions, all] = await Promise.all([history.list(promptName), runs()]);
  const order = versions.toReversed();
  const sorted = [...order.filter(each => each.pinned), ...order.filter(each => !each.pinned)];
  const own = all.filter(run => run.promptName === promptName).slice(0, mostRuns);
  return [
    ...sorted.map((version): VersionNode => ({ kind: 'version', version })),
    ...(own.length > 0 ? [{ kind: 'runs', promptName, runs: own } as const] : []),
  ];
}

/** Older runs are in `.prompts` still. */
const mostRuns = 50;

const icons = {
  typed: 'edit',
  refined: 'sparkle',
  optimized: 'graph-line',
} as const;

function itemOf(node: VersionNode): TreeItem {
  if (node.kind === 'prompt') {
    const item = new TreeItem(node.promptName, TreeItemCollapsibleState.Collapsed);
    item.iconPath = new ThemeIcon('comment-discussion');
    item.contextValue = 'prompt';
    item.id = node.promptName;
    return item;
  }
  if (node.kind === 'runs') {
    const item = new TreeItem('Runs', TreeItemCollapsibleState.Collapsed);
    item.id = `${node.promptName}/runs`;
    item.description = String(node.runs.length);
    item.iconPath = new ThemeIcon('history');
    item.contextValue = 'runs';
    return item;
  }
  return node.kind === 'run' ? runItem(node.run) : versionItem(node.version);
}

function runItem({ runId, kind, startedAt, status, unreadable }: RunSummary): TreeItem {
  const item = new TreeItem(formatMoment(startedAt), TreeItemCollapsibleState.None);
  item.id = runId;
  item.description = [
    kind === 'optimize' ? 'optimization' : 'evaluation',
    unreadable ? 'cannot be read' : status,
  ].join(' · ');
  item.tooltip = unreadable ?? runId;
  item.iconPath = new ThemeIcon(
    unreadable ? 'warning' : kind === 'optimize' ? 'graph-line' : 'beaker',
  );
  item.contextValue = 'run';
  item.command = { command: commands.showRun, title: 'Show run', arguments: [runId] };
  return item;
}

function versionItem(version: PromptVersion): TreeItem {
  const name = version.label ? `v${version.number} ${version.label}` : `v${version.number}`;
  const item = new TreeItem(name, TreeItemCollapsibleState.None);
  item.id = `${version.promptName}@${version.number}`;
  // What a person or a model has said of it comes first: a narrow view cuts the end.
  item.description = [version.note ?? '', originWord(version.origin), dayOf(version.createdAt)]
    .filter(Boolean)
    .join(' · ');
  item.tooltip = tooltipOf(version);
  item.iconPath = new ThemeIcon(version.pinned ? 'pinned' : icons[version.origin]);
  item.contextValue = version.pinned ? 'version pinned' : 'version';
  item.command = { command: commands.openVersion, title: 'Open version', arguments: [version] };
  return item;
}

// A note may come from a model: as plain text, no mark in it means anything.
function tooltipOf({ promptName, number, label, note, prompt }: PromptVersion): MarkdownString {
  const tooltip = new MarkdownString();
  tooltip.appendText(`${promptName} v${number}${label ? ` ${label}` : ''}\n`);
  if (note) tooltip.appendText(`${note}\n`);
  return tooltip.appendCodeblock(prompt.system.slice(0, 600), 'markdown');
}

function dayOf(iso: string): string {
  return iso.slice(0, 10);
}
