import { commands as vscodeCommands, Range, Uri, workspace } from 'vscode';
import { DatasetError } from '../engine/index.ts';
import type { EngineError, Remedy } from '../engine/index.ts';
import { commands, settingsSection, views } from './ids.ts';

type Step = (error?: EngineError) => Thenable<unknown>;

const showRunView: Step = () => vscodeCommands.executeCommand(`${views.run}.focus`);

/** What each remedy does here. `retry` does nothing by itself: only who failed can try again. */
const steps: Readonly<Record<Remedy, Step>> = {
  'set-key': () => vscodeCommands.executeCommand(commands.setApiKey),
  'choose-model': () => vscodeCommands.executeCommand(commands.chooseModel),
  'choose-columns': showRunView,
  'open-dataset': openDataset,
  'open-settings': () =>
    vscodeCommands.executeCommand('workbench.action.openSettings', settingsSection),
  'open-folder': () => vscodeCommands.executeCommand('vscode.openFolder'),
  'trust-workspace': () => vscodeCommands.executeCommand('workbench.trust.manage'),
  retry: async () => undefined,
  resume: showRunView,
  'accept-changes': showRunView,
  'use-demo': () => vscodeCommands.executeCommand(commands.tryDemo),
};

/** Whether a text from a page names a remedy. */
export function isRemedy(id: string): id is Remedy {
  return Object.hasOwn(steps, id);
}

/** Leads the person out of a problem. */
export async function takeRemedy(remedy: Remedy, error?: EngineError): Promise<void> {
  await steps[remedy](error);
}

async function openDataset(error?: EngineError): Promise<unknown> {
  const place = error instanceof DatasetError ? error : undefined;
  const uri = place && (await findFile(place.file));
  if (!uri) return showRunView();
  const line = Math.max(0, (place.line ?? 1) - 1);
  return vscodeCommands.executeCommand('vscode.open', uri, {
    selection: new Range(line, 0, line, 0),
  });
}

async function findFile(path: string): Promise<Uri | undefined> {
  if (path.startsWith('/') || /^[a-z]:[\\/]/i.test(path)) return Uri.file(path);
  const [found] = await workspace.findFiles(`**/${path.replaceAll('\\', '/')}`, undefined, 1);
  return found;
}
