import { commands as vscodeCommands, ViewColumn, window } from 'vscode';
import type { WebviewPanel, WorkspaceFolder } from 'vscode';
import type { VersionRef, VersionsComparison } from '../engine/index.ts';
import type { ComparisonHostMessage } from '../panel/comparisonMessages.ts';
import { isComparisonMessage } from '../panel/isComparisonMessage.ts';
import type { ComparisonMessage } from '../panel/isComparisonMessage.ts';
import type { RowsWish } from '../panel/presentRows.ts';
import { openComparedAnswers } from './answerDocuments.ts';
import { exportComparison } from './exportComparison.ts';
import type { Host, Resource } from './host.ts';
import { commands } from './ids.ts';
import { guarded } from './notify.ts';
import { pickAnother } from './pickVersions.ts';
import { openVersionDiff } from './versionDocuments.ts';
import { webviewHtml, webviewOptions } from './webviewHtml.ts';

/** Two or more versions in one editor tab that is used again. */
export interface ComparisonTab extends Resource {
  show(folder: WorkspaceFolder, versions: readonly VersionRef[]): Promise<void>;
}

interface Shown {
  readonly folder: WorkspaceFolder;
  readonly versions: readonly VersionRef[];
  readonly rows: RowsWish;
  /** Absent until the engine has answered. */
  readonly comparison?: VersionsComparison;
}

/** The tab, not opened yet. */
export function comparisonTab(host: Host): ComparisonTab {
  let panel: WebviewPanel | undefined;
  let shown: Shown | undefined;

  const draw = async (): Promise<void> => {
    if (!shown || !panel) return;
    panel.title = titleOf(shown.versions);
    const { folder, versions } = shown;
    const engine = await host.engine(folder);
    const comparison = shown.comparison ?? (await engine.compareVersions(versions));
    // Another pair may have been asked for meanwhile.
    if (shown.versions !== versions) return;
    shown = { ...shown, comparison };
    const { presentVersions } = await import('../panel/presentVersions.ts');
    const message: ComparisonHostMessage = {
      type: 'comparison',
      comparison: presentVersions(comparison, shown.rows),
    };
    await panel.webview.postMessage(message);
  };
  const turnTo = (versions: readonly VersionRef[]): Promise<void> => {
    if (shown) shown = { folder: shown.folder, versions, rows: { from: 0 } };
    return draw();
  };

  const obey = async (message: ComparisonMessage): Promise<void> => {
    if (!shown) return;
    const { folder, versions, comparison } = shown;
    const [first, last] = [versions[0], versions.at(-1)];
    switch (message.type) {
      case 'comparison-ready':
        return draw();
      case 'versions-swap':
        return turnTo(versions.toReversed());
      case 'version-add': {
        const { history } = await host.engine(folder);
        const another = await pickAnother(history, versions);
        return another ? turnTo([...versions, another]) : undefined;
      }
      case 'diff-open':
        return first && last && openVersionDiff(folder, first, last);
      case 'version-open':
        await vscodeCommands.executeCommand(commands.openVersion, versions[message.place]);
        return;
      case 'report-export':
        return comparison && exportComparison(folder, comparison);
      case 'rows-show':
        shown = { ...shown, rows: message };
        return draw();
      case 'row-diff':
        return comparison && openComparedAnswers(folder, comparison, message);
    }
  };

  const open = async (): Promise<WebviewPanel> => {
    const { extensionUri } = host.context;
    const opened = window.createWebviewPanel(
      'promptRefiner.comparison',
      'Comparison',
      { viewColumn: ViewColumn.Active, preserveFocus: false },
      webviewOptions(extensionUri),
    );
    opened.iconPath = host.shipped('media', 'icon.png');
    opened.onDidDispose(() => (panel = undefined));
    opened.webview.onDidReceiveMessage((message: unknown) => {
      if (isComparisonMessage(message)) void guarded(host.log, () => obey(message));
    });
    opened.webview.html = webviewHtml(opened.webview, extensionUri, {
      name: 'comparison',
      title: 'Comparison of prompt versions',
    });
    // The diff wants the whole width; a table is wide too, so it goes beneath.
    await vscodeCommands.executeCommand('workbench.action.moveEditorToBelowGroup');
    return opened;
  };

  return {
    async show(folder, versions) {
      shown = { folder, versions, rows: { from: 0 } };
      if (panel) panel.reveal(undefined, true);
      else panel = await open();
      await draw();
    },
    dispose() {
      panel?.dispose();
    },
  };
}

/** "triage: v1 and v2", "triage: v1, v2 and v4". */
function titleOf(versions: readonly VersionRef[]): string {
  const names = versions.map(({ number }) => `v${number}`);
  const last = names.pop() ?? '';
  return `${versions[0]?.promptName ?? ''}: ${names.join(', ')} and ${last}`;
}
