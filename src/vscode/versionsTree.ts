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
import type { PromptVersion } from '../engine/index.ts';
import type { Host, Resource } from './host.ts';
import { commands, contextKeys, views } from './ids.ts';
import { notify } from './notify.ts';
import { promptFolder } from './trust.ts';

/** A line of the tree: a prompt, or one of its versions. */
export type VersionNode =
  | { readonly kind: 'prompt'; readonly promptName: string }
  | { readonly kind: 'version'; readonly version: PromptVersion };

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
  const watcher = workspace.createFileSystemWatcher(
    folder ? new RelativePattern(folder, '.prompts/*/*.json') : '**/.prompts/*/*.json',
  );
  watcher.onDidCreate(() => host.versionsChanged());
  watcher.onDidDelete(() => host.versionsChanged());
  return watcher;
}

async function childrenOf(host: Host, node?: VersionNode): Promise<VersionNode[]> {
  const folder = promptFolder();
  if (!folder) return [];
  try {
    const { history } = await host.engine(folder);
    if (node?.kind === 'version') return [];
    if (node) {
      const versions = await history.list(node.promptName);
      return versions.toReversed().map(version => ({ kind: 'version', version }));
    }
    const names = await history.names();
    await vscodeCommands.executeCommand('setContext', contextKeys.hasVersions, names.length > 0);
    return names.map(promptName => ({ kind: 'prompt', promptName }));
  } catch (error) {
    notify(error, host.log);
    return [];
  }
}

const origins = {
  typed: { word: 'written', icon: 'edit' },
  refined: { word: 'refined', icon: 'sparkle' },
  optimized: { word: 'optimized', icon: 'graph-line' },
} as const;

function itemOf(node: VersionNode): TreeItem {
  if (node.kind === 'prompt') {
    const item = new TreeItem(node.promptName, TreeItemCollapsibleState.Collapsed);
    item.iconPath = new ThemeIcon('comment-discussion');
    item.contextValue = 'prompt';
    item.id = node.promptName;
    return item;
  }
  const { version } = node;
  const { word, icon } = origins[version.origin];
  const item = new TreeItem(`v${version.number}`, TreeItemCollapsibleState.None);
  item.id = `${version.promptName}@${version.number}`;
  item.description = [word, dayOf(version.createdAt), version.note ?? '']
    .filter(Boolean)
    .join(' · ');
  item.tooltip = tooltipOf(version);
  item.iconPath = new ThemeIcon(icon);
  item.contextValue = 'version';
  item.command = { command: commands.openVersion, title: 'Open version', arguments: [version] };
  return item;
}

// A note may come from a model: as plain text, no mark in it means anything.
function tooltipOf({ promptName, number, note, prompt }: PromptVersion): MarkdownString {
  const tooltip = new MarkdownString();
  tooltip.appendText(`${promptName} v${number}\n`);
  if (note) tooltip.appendText(`${note}\n`);
  return tooltip.appendCodeblock(prompt.system.slice(0, 600), 'markdown');
}

function dayOf(iso: string): string {
  return iso.slice(0, 10);
}
