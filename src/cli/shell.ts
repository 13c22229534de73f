import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ComposeOptions } from '../compose.ts';
import { RequestError, type Engine } from '../engine/index.ts';
import { cleanLine } from './cleanText.ts';
import { settingsOf, type CommonFlags } from './flags.ts';
import { environmentKeys } from './keys.ts';
import type { Terminal } from './terminal.ts';

/** What every verb is handed: nothing below reaches for the process by itself. */
export interface Shell {
  readonly terminal: Terminal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Folder in which the command was typed, absolute. */
  readonly here: string;
  readonly compose: (options: ComposeOptions) => Engine;
  /** Aborts on the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** Milliseconds, for redrawing and for the time a run took. */
  now(): number;
}

/** The workspace folder, absolute. */
export function folderOf(flags: CommonFlags, { here }: Shell): string {
  return resolve(here, flags.folder ?? '.');
}

/** Puts the engine together from flags and environment. */
export function openEngine(flags: CommonFlags, shell: Shell): Engine {
  const { environment, terminal } = shell;
  const folder = existingFolder(flags, shell);
  const baseUrl = baseUrlOf(flags, shell);
  const keys = environmentKeys(environment, flags.baseUrl);
  if (baseUrl !== undefined && keys.withheldFrom(baseUrl)) {
    terminal.err(
      `OPENAI_API_KEY is not sent to ${cleanLine(baseUrl)}: that address comes from OPENAI_BASE_URL. To send the key there, name the address with --base-url.\n`,
    );
  }
  const vertexProject = environment['GOOGLE_CLOUD_PROJECT'] ?? environment['GCLOUD_PROJECT'];
  const vertexLocation = environment['GOOGLE_CLOUD_LOCATION'];
  return shell.compose({
    folder,
    settings: {
      ...(flags.model ? { taskModel: flags.model, refineModel: flags.model } : {}),
      ...(baseUrl === undefined ? {} : { openaiBaseUrl: baseUrl }),
      ...(vertexProject ? { vertexProject } : {}),
      ...(vertexLocation ? { vertexLocation } : {}),
      ...(flags.judgeModel ? { judgeModel: flags.judgeModel } : {}),
      run: settingsOf(flags),
      ...(flags.cacheSize === undefined ? {} : { cacheMegabytes: flags.cacheSize }),
      ...(flags.cache === false ? { cacheMegabytes: 0 } : {}),
    },
    keyFor: keys.keyFor,
    // Who names a file or a command on the command line has decided to run it.
    trusted: true,
  });
}

function existingFolder(flags: CommonFlags, shell: Shell): string {
  const folder = folderOf(flags, shell);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return folder;
  throw new RequestError(
    `--folder ${cleanLine(flags.folder ?? folder)} is no folder; make it first, or check the path.`,
  );
}

/** The server's address, from the flag or the environment; undefined is OpenAI's own. */
function baseUrlOf(flags: CommonFlags, { environment }: Shell): string | undefined {
  const source = flags.baseUrl ? '--base-url' : 'OPENAI_BASE_URL';
  const text = flags.baseUrl ?? environment['OPENAI_BASE_URL'];
  if (text === undefined || text === '') return undefined;
  const url = URL.parse(text);
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new RequestError(
      `${source} is "${cleanLine(text)}", but it takes an address such as http://127.0.0.1:11434/v1.`,
    );
  }
  if (url.username || url.password) {
    throw new RequestError(
      `${source} holds a user name or password; give the address alone and the key as OPENAI_API_KEY.`,
    );
  }
  return text;
}
