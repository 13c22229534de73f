import { commands as vscodeCommands, Disposable, window } from 'vscode';
import type { Event, WebviewView, WebviewViewProvider } from 'vscode';
import { isPanelMessage } from '../panel/isPanelMessage.ts';
import { hostMessages } from '../panel/hostMessages.ts';
import type { PanelMessage, PanelState, RunForm } from '../panel/messages.ts';
import { fromPage } from '../panel/pageForm.ts';
import { goToPlace } from './goToPlace.ts';
import type { Host } from './host.ts';
import { commands, views } from './ids.ts';
import { guarded } from './notify.ts';
import { obeyPanel } from './panel/obeyPanel.ts';
import { panelModel } from './panel/panelModel.ts';
import { promptInFront } from './panel/promptChoice.ts';
import { runBadge, runStatus } from './panel/runStatus.ts';
import { statePoster } from './panel/statePoster.ts';
import { requireFolder, requireTrust } from './trust.ts';
import { webviewHtml, webviewOptions } from './webviewHtml.ts';

/** At most ten states a second. */
const postInterval = 100;

/** The Run view, as a page and as others may use it. */
export interface OptimizationPanel {
  state(): PanelState;
  /** The form alone, also before anybody has looked at the view. */
  form(): RunForm;
  readonly onDidChange: Event<void>;
  /** Does what the page would ask for. */
  send(message: PanelMessage): Promise<void>;
}

/** Story 2: the panel in the activity bar, where runs are set up, started and watched. */
export function optimizationPanel(host: Host): OptimizationPanel {
  const model = panelModel(host);
  const status = runStatus();
  const send = (message: PanelMessage): Promise<void> =>
    guarded(host.log, () => obeyPanel(host, model, message));
  let view: WebviewView | undefined;

  const provider: WebviewViewProvider = {
    resolveWebviewView(resolved) {
      view = resolved;
      const { webview } = resolved;
      const { extensionUri } = host.context;
      webview.options = webviewOptions(extensionUri);
      const messages = hostMessages();
      const poster = statePoster({
        post: revision => {
          const message = messages.next(revision, model.state());
          if (message) void webview.postMessage(message);
        },
        isVisible: () => resolved.visible,
        interval: postInterval,
      });
      // A page is gone when it is hidden, and says that it is ready when it has been loaded anew.
      const begin = (): void => {
        messages.forget();
        poster.changed();
      };
      const links = Disposable.from(
        poster,
        model.onDidChange(() => poster.changed()),
        resolved.onDidChangeVisibility(begin),
        webview.onDidReceiveMessage((message: unknown) => {
          if (!isPanelMessage(message)) return;
          if (message.type === 'panel-ready') begin();
          void send(fromPage(message, model.form()));
        }),
      );
      resolved.onDidDispose(() => {
        links.dispose();
        view = undefined;
      });
      webview.html = webviewHtml(webview, extensionUri, { name: 'panel', title: 'Run' });
    },
  };
  const showStatus = (): void => {
    const glance = model.run.glance();
    status.show(glance);
    if (view) view.badge = runBadge(glance);
  };
  const statusPoster = statePoster({ post: showStatus, isVisible: () => true, interval: 500 });
  host.context.subscriptions.push(
    model,
    status,
    statusPoster,
    model.onDidChange(() => statusPoster.changed()),
    window.registerWebviewViewProvider(views.run, provider),
    vscodeCommands.registerCommand(commands.optimize, (uri?: unknown, offset?: unknown) =>
      guarded(host.log, async () => {
        requireTrust();
        await goToPlace(uri, offset);
        const prompt = await promptInFront(requireFolder(), host.sources);
        model.run.close();
        await vscodeCommands.executeCommand(`${views.run}.focus`);
        await model.changeForm({ prompt });
      }),
    ),
    vscodeCommands.registerCommand(commands.showRun, async (runId: unknown) => {
      if (typeof runId !== 'string') return;
      await vscodeCommands.executeCommand(`${views.run}.focus`);
      await send({ type: 'run-show', runId });
    }),
    vscodeCommands.registerCommand(commands.pauseRun, () => send({ type: 'run-pause' })),
    vscodeCommands.registerCommand(commands.continueRun, () => send({ type: 'run-continue' })),
    vscodeCommands.registerCommand(commands.cancelRun, () => send({ type: 'run-cancel' })),
  );
  return { state: model.state, form: model.form, onDidChange: model.onDidChange, send };
}
