import { commands as vscodeCommands, window } from 'vscode';
import type { Host } from './host.ts';
import { commands } from './ids.ts';
import { isOpenToEavesdroppers, originOf } from './keyRing.ts';
import type { KeyPlace } from './keyRing.ts';
import { guarded } from './notify.ts';
import { offer } from './offer.ts';
import { readSettings } from './settings.ts';

/** Set API Key and Remove API Key. A key goes into SecretStorage, bound to the server's origin. */
export function keyCommands(host: Host): void {
  host.context.subscriptions.push(
    vscodeCommands.registerCommand(commands.setApiKey, () =>
      guarded(host.log, () => setApiKey(host)),
    ),
    vscodeCommands.registerCommand(commands.removeApiKey, () =>
      guarded(host.log, () => removeApiKey(host)),
    ),
  );
}

async function setApiKey(host: Host): Promise<void> {
  const place = currentPlace();
  if (isOpenToEavesdroppers(place.origin) && !(await confirmOpenRoad(place.origin))) return;
  const key = await window.showInputBox({
    title: `API key for ${place.origin}`,
    prompt: `Kept in VS Code’s secret storage and sent to ${place.origin} only.`,
    password: true,
    ignoreFocusOut: true,
    validateInput: text =>
      /[\s\p{Cc}]/u.test(text.trim()) ? 'A key has no spaces or line breaks in it.' : undefined,
  });
  if (!key?.trim()) return;
  await host.keys.store(place, key.trim());
  offer('information', `The key for ${place.origin} is stored.`);
}

async function removeApiKey(host: Host): Promise<void> {
  const places = host.keys.places();
  if (places.length === 0) {
    offer('information', 'No API key is stored.');
    return;
  }
  const picked = await window.showQuickPick(
    places.map(place => ({ label: place.origin, description: place.provider, place })),
    { title: 'Remove the API key of which server?' },
  );
  if (!picked) return;
  await host.keys.remove(picked.place);
  offer('information', `The key for ${picked.label} is removed.`);
}

async function confirmOpenRoad(origin: string): Promise<boolean> {
  const goOn = 'Use it anyway';
  const chosen = await window.showWarningMessage(
    `${origin} is not encrypted: everybody on the way can read the key and your prompts.`,
    { modal: true },
    goOn,
  );
  return chosen === goOn;
}

/** The server that the settings name now. */
function currentPlace(): KeyPlace {
  return { provider: 'openai', origin: originOf(readSettings().openaiBaseUrl ?? '') };
}
