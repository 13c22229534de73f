import type { WorkspaceFolder } from 'vscode';
import type { Measurement, PromptVersion } from '../../engine/index.ts';
import type { Host } from '../host.ts';

/** A version, and what was measured of it last. */
export interface MeasuredVersion {
  readonly version: PromptVersion;
  readonly measurement?: Measurement;
}

/** A text that `.prompts` knows. */
export interface KnownPrompt extends MeasuredVersion {
  /** All versions of the prompt, oldest first. */
  readonly history: readonly MeasuredVersion[];
}

/** Known prompts by their text, without white space at its ends. */
export type KnownPrompts = ReadonlyMap<string, KnownPrompt>;

/** Reads the versions of a folder, once until they change. */
export function knownPromptsOf(host: Host): (folder: WorkspaceFolder) => Promise<KnownPrompts> {
  const kept = new Map<string, Promise<KnownPrompts>>();
  host.context.subscriptions.push(host.onDidChangeVersions(() => kept.clear()));
  return folder => {
    const key = folder.uri.toString();
    const known = kept.get(key) ?? readAll(host, folder);
    kept.set(key, known);
    return known;
  };
}

async function readAll(host: Host, folder: WorkspaceFolder): Promise<KnownPrompts> {
  const { history } = await host.engine(folder);
  const known = new Map<string, KnownPrompt>();
  for (const name of await history.names()) {
    const versions = await history.list(name);
    const measured = await Promise.all(
      versions.map(async (version): Promise<MeasuredVersion> => {
        const measurement = (await history.measurements(version)).at(-1);
        return measurement ? { version, measurement } : { version };
      }),
    );
    for (const each of measured) {
      const text = textOf(each.version);
      if (text !== '') known.set(text, { ...each, history: measured });
    }
  }
  return known;
}

function textOf({ prompt: { system, output } }: PromptVersion): string {
  return (output === '' ? system : `${system}\n\n${output}`).trim();
}
