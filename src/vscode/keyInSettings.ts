import { commands as vscodeCommands, ConfigurationTarget, workspace } from 'vscode';
import type { Host } from './host.ts';
import { commands, refusedKeySettings, settingsSection } from './ids.ts';
import { guarded } from './notify.ts';
import { offer } from './offer.ts';

/** A key in a settings file is readable by everybody who gets the file, so it is never used. */
export function refusedKeys({ context, log }: Host): void {
  let told = '';
  const check = (): void => {
    const found = keysInSettings();
    const names = found.map(({ name }) => name).join(', ');
    if (names !== '' && names !== told) refuse(names, () => guarded(log, () => remove(found)));
    told = names;
  };
  context.subscriptions.push(
    workspace.onDidChangeConfiguration(change => {
      if (change.affectsConfiguration(settingsSection)) check();
    }),
  );
  check();
}

interface FoundKey {
  readonly name: string;
  readonly target: ConfigurationTarget;
}

function keysInSettings(): FoundKey[] {
  const section = workspace.getConfiguration(settingsSection);
  return refusedKeySettings.flatMap(name => {
    const places = section.inspect(name);
    const targets = [
      [places?.globalValue, ConfigurationTarget.Global],
      [places?.workspaceValue, ConfigurationTarget.Workspace],
      [places?.workspaceFolderValue, ConfigurationTarget.WorkspaceFolder],
    ] as const;
    return targets
      .filter(([value]) => typeof value === 'string' && value !== '')
      .map(([, target]) => ({ name, target }));
  });
}

function refuse(names: string, removeThem: () => unknown): void {
  offer(
    'warning',
    `${settingsSection}.${names} is not used: an API key does not belong into settings, which are shared and synchronized. Remove it there and store it with Set API Key.`,
    {
      'Remove it': removeThem,
      'Set API key': () => vscodeCommands.executeCommand(commands.setApiKey),
    },
  );
}

async function remove(found: readonly FoundKey[]): Promise<void> {
  const section = workspace.getConfiguration(settingsSection);
  for (const { name, target } of found) await section.update(name, undefined, target);
  offer('information', 'The key is removed from the settings.', {
    'Set API key': () => vscodeCommands.executeCommand(commands.setApiKey),
  });
}
