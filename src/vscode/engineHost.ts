import { EventEmitter, lm, Uri, window, workspace } from 'vscode';
import type { ExtensionContext, WorkspaceFolder } from 'vscode';
import type { compose, ComposeOptions } from '../compose.ts';
import { createSourceReader } from '../engine/index.ts';
import type { Engine } from '../engine/index.ts';
import type { Host } from './host.ts';
import { settingsSection } from './ids.ts';
import { openKeyRing } from './keyRing.ts';
import { readSettings } from './settings.ts';

/** Loads the engine; called on the first need, never while the extension is activated. */
export type LoadCompose = () => Promise<{ readonly compose: typeof compose }>;

/** Makes what features are given, and drops engines that settings or keys have outdated. */
export function openHost(context: ExtensionContext, loadCompose: LoadCompose): Host {
  const log = window.createOutputChannel('Prompt Refiner', { log: true });
  const keys = openKeyRing(context);
  const engineChanged = new EventEmitter<void>();
  const versionsChanged = new EventEmitter<void>();
  const engines = new Map<string, Promise<Engine>>();

  const build = async (
    folder: WorkspaceFolder | undefined,
    more: Pick<ComposeOptions, 'providers'>,
  ): Promise<Engine> => {
    const { compose } = await loadCompose();
    return compose({
      folder: (folder?.uri ?? context.globalStorageUri).fsPath,
      settings: readSettings(folder?.uri),
      keyFor: (provider, origin) => keys.find({ provider, origin }),
      trusted: workspace.isTrusted,
      ...more,
    });
  };
  const once = (key: string, make: () => Promise<Engine>): Promise<Engine> => {
    const engine = engines.get(key) ?? make();
    engines.set(key, engine);
    return engine;
  };
  const outdate = (): void => {
    engines.clear();
    engineChanged.fire();
  };

  context.subscriptions.push(
    log,
    engineChanged,
    versionsChanged,
    keys.onDidChange(outdate),
    lm.onDidChangeChatModels(outdate),
    workspace.onDidGrantWorkspaceTrust(outdate),
    workspace.onDidChangeConfiguration(change => {
      if (change.affectsConfiguration(settingsSection)) outdate();
    }),
  );
  return {
    context,
    log,
    keys,
    sources: createSourceReader(),
    engine: folder => once(`run ${folder.uri.toString()}`, () => build(folder, {})),
    refiner: folder =>
      once(`refine ${folder?.uri.toString() ?? ''}`, async () => {
        const { vscodeModels } = await import('./languageModels.ts');
        return build(folder, { providers: [vscodeModels()] });
      }),
    onDidChangeEngine: engineChanged.event,
    onDidChangeVersions: versionsChanged.event,
    versionsChanged: () => versionsChanged.fire(),
    shipped: (...path) => Uri.joinPath(context.extensionUri, ...path),
  };
}
