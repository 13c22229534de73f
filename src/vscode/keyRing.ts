import { EventEmitter } from 'vscode';
import type { Event, ExtensionContext } from 'vscode';

/** Where a key belongs: it is sent to no other origin. */
export interface KeyPlace {
  readonly provider: string;
  /** Scheme, host and port: `https://example.com`. */
  readonly origin: string;
}

/** API keys in VS Code's SecretStorage, each bound to the origin it was entered for. */
export interface KeyRing {
  find(place: KeyPlace): Promise<string | undefined>;
  store(place: KeyPlace, key: string): Promise<void>;
  remove(place: KeyPlace): Promise<void>;
  /** Places that keys were entered for on this machine. */
  places(): readonly KeyPlace[];
  readonly onDidChange: Event<void>;
}

// Only the places are kept here; SecretStorage cannot list what it holds in VS Code 1.101.
const placesEntry = 'promptRefiner.keyPlaces';

/** Opens the key ring; its listeners end with the extension. */
export function openKeyRing(context: ExtensionContext): KeyRing {
  const changed = new EventEmitter<void>();
  context.subscriptions.push(
    changed,
    context.secrets.onDidChange(({ key }) => {
      if (key.startsWith('key:')) changed.fire();
    }),
  );
  const places = (): readonly KeyPlace[] => context.globalState.get<KeyPlace[]>(placesEntry, []);
  const without = (place: KeyPlace): KeyPlace[] =>
    places().filter(each => entryOf(each) !== entryOf(place));
  return {
    find: async place => context.secrets.get(entryOf(place)),
    async store(place, key) {
      await context.globalState.update(placesEntry, [...without(place), place]);
      await context.secrets.store(entryOf(place), key);
    },
    async remove(place) {
      await context.globalState.update(placesEntry, without(place));
      await context.secrets.delete(entryOf(place));
    },
    places,
    onDidChange: changed.event,
  };
}

/** The origin of a base URL, or the text itself where it is no URL. */
export function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}

/** Whether a key sent there would travel unencrypted over a network. */
export function isOpenToEavesdroppers(origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, hostname } = new URL(origin);
  return protocol === 'http:' && !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

function entryOf({ provider, origin }: KeyPlace): string {
  return `key:${provider}:${originOf(origin)}`;
}
