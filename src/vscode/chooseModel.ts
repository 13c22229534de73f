import {
  commands as vscodeCommands,
  ConfigurationTarget,
  ProgressLocation,
  QuickPickItemKind,
  window,
  workspace,
} from 'vscode';
import type { QuickPickItem } from 'vscode';
import type { Engine, ModelListing, ProviderListing } from '../engine/index.ts';
import { signalOf } from './cancellation.ts';
import type { Host } from './host.ts';
import { commands, settings, settingsSection } from './ids.ts';
import { guarded } from './notify.ts';
import { promptFolder, requireTrust } from './trust.ts';

/** Choose Model: first for what, then which. */
export function chooseModel(host: Host): void {
  host.context.subscriptions.push(
    vscodeCommands.registerCommand(commands.chooseModel, () =>
      guarded(host.log, () => choose(host)),
    ),
  );
}

interface Purpose extends QuickPickItem {
  readonly setting: string;
}

const purposes: readonly Purpose[] = [
  { label: 'Refine', detail: 'Improves a selected prompt once', setting: settings.refineModel },
  { label: 'Task', detail: 'Answers the rows of a dataset', setting: settings.taskModel },
  { label: 'Optimizer', detail: 'Rewrites prompts in a search', setting: settings.optimizerModel },
];

async function choose(host: Host): Promise<void> {
  requireTrust();
  const purpose = await window.showQuickPick(purposes, { title: 'Choose the model for what?' });
  if (!purpose) return;
  const engine = await engineFor(host, purpose);
  const listings = await listModels(engine);
  const picked = await window.showQuickPick(itemsOf(listings), {
    title: `Model to ${purpose.label.toLowerCase()} with`,
    placeHolder: 'Only models that are available now are listed',
  });
  if (picked?.model === undefined) return;
  await save(purpose.setting, picked.model);
}

// Written where it holds: a value of the workspace would win over the person's own.
async function save(setting: string, model: string): Promise<void> {
  const section = workspace.getConfiguration(settingsSection);
  const inWorkspace = section.inspect(setting)?.workspaceValue !== undefined;
  const target = inWorkspace ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
  await section.update(setting, model, target);
}

async function engineFor(host: Host, { setting }: Purpose): Promise<Engine> {
  const folder = promptFolder();
  return setting === settings.refineModel || !folder ? host.refiner(folder) : host.engine(folder);
}

async function listModels(engine: Engine): Promise<readonly ProviderListing[]> {
  return window.withProgress(
    { location: ProgressLocation.Notification, title: 'Asking for models…', cancellable: true },
    (_, token) => engine.models(signalOf(token)),
  );
}

interface ModelItem extends QuickPickItem {
  /** Absent on separators and on providers that offer nothing. */
  readonly model?: string;
}

function itemsOf(listings: readonly ProviderListing[]): ModelItem[] {
  const first: ModelItem = { label: 'First available', description: 'no fixed model', model: '' };
  const groups = listings.map(({ provider, models, problem }): ModelItem[] => [
    { label: provider, kind: QuickPickItemKind.Separator },
    ...models.map(model => ({ label: model.id, description: factsOf(model), model: model.id })),
    ...(problem ? [{ label: `$(info) ${provider}: no models`, detail: problem }] : []),
  ]);
  return [first, ...groups.flat()];
}

function factsOf({ origin, shutdownDate, simulated }: ModelListing): string {
  const facts = [
    simulated ? 'simulation' : origin,
    shutdownDate ? `shuts down ${shutdownDate}` : '',
  ];
  return facts.filter(Boolean).join(' · ');
}
