import { commands as vscodeCommands, ViewColumn, window } from 'vscode';
import type { WebviewPanel, WorkspaceFolder } from 'vscode';
import { isComparisonMessage } from '../panel/comparisonMessages.ts';
import type { ComparisonHostMessage, ComparisonMessage } from '../panel/comparisonMessages.ts';
import type { VersionPair } from './compareVersions.ts';
import type { Host, Resource } from './host.ts';
import { commands } from './ids.ts';
import { guarded } from './notify.ts';
import { openVersionDiff } from './versionDocuments.ts';
import { webviewHtml, webviewOptions } from './webviewHtml.ts';

/** The metric table of two versions, in one editor tab that is used again. */
export interface ComparisonTab extends Resource {
  show(folder: WorkspaceFolder, pair: VersionPair): Promise<void>;
}

/** The tab, not opened yet. */
export function comparisonTab(host: Host): ComparisonTab {
  let panel: WebviewPanel | undefined;
  let shown: { folder: WorkspaceFolder; pair: VersionPair } | undefined;

  const draw = async (): Promise<void> => {
    if (!shown || !panel) return;
    const { left, right } = shown.pair;
    panel.title = `${left.promptName}: v${left.number} and v${right.number}`;
    const engine = await host.engine(shown.folder);
    const comparison = await engine.compare(shown.pair);
    const { presentComparison } = await import('../panel/presentComparison.ts');
    const message: ComparisonHostMessage = {
      type: 'comparison',
      comparison: presentComparison(comparison),
    };
    await panel.webview.postMessage(message);
  };

  const obey = async (message: ComparisonMessage): Promise<void> => {
    if (!shown) return;
    const { folder, pair } = shown;
    switch (message.type) {
      case 'comparison-ready':
        return draw();
      case 'versions-swap':
        shown = { folder, pair: { left: pair.right, right: pair.left } };
        return draw();
      case 'diff-open':
        return openVersionDiff(folder, pair.left, pair.right);
      case 'version-open':
        await vscodeCommands.executeCommand(commands.openVersion, pair[message.side]);
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
    async show(folder, pair) {
      shown = { folder, pair };
      if (panel) panel.reveal(undefined, true);
      else panel = await open();
      await draw();
    },
    dispose() {
      panel?.dispose();
    },
  };
}
