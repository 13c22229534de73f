import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

/** Folder of this repository, absolute. */
export const repository: string = resolve(import.meta.dirname, '../..');

/** Everything that `npm test` downloads; git-ignored. */
export const testHostFolder: string = join(repository, '.vscode-test');

/** The version of the npm package that carries a whole VS Code (1.139.1). */
export const codeServerVersion = '4.139.1';

/** Where that package is installed, in a folder of its own because it weighs 575 MB. */
export const codeServerFolder: string = join(testHostFolder, 'code-server');

/** The VS Code server inside code-server; code-server's own wrapper is not used. */
export const serverFolder: string = join(codeServerFolder, 'node_modules/code-server/lib/vscode');

/** The executable that stands in for `code`: see scripts/codeServerHost.ts. */
export const codeServerHost: string = join(repository, 'scripts/codeServerHost.ts');

/** Written when the installation of the server is complete, so that a broken one is repeated. */
export const serverIsComplete: string = join(codeServerFolder, `complete-${codeServerVersion}`);

/** Path of an installed Chromium or Chrome; `CHROMIUM_PATH` wins where it is set. */
export function findChromium(): string | undefined {
  const named = process.env['CHROMIUM_PATH'];
  if (named) return named;
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return names
    .flatMap(name => folders.map(folder => join(folder, name)))
    .find(path => existsSync(path));
}

/** Environment in which `node` is the Node of this repository. */
export function withOwnNode(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const ownBinaries = join(repository, 'node_modules/.bin');
  return { ...environment, PATH: [ownBinaries, environment['PATH'] ?? ''].join(delimiter) };
}

/** A folder in the system's temporary folder that disappears when this process ends, by a signal too. */
export function temporaryFolder(purpose: string): string {
  exitOnSignals();
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `prompt-refiner-${purpose}-`)));
  process.once('exit', () => {
    // Tried a few times: a browser that was just ended may still write its last lines.
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });
  return folder;
}

let exitsOnSignals = false;

/** A signal alone would end the process without its "exit" listeners, which clean up. */
function exitOnSignals(): void {
  if (exitsOnSignals) return;
  exitsOnSignals = true;
  process.once('SIGTERM', () => process.exit(143));
  process.once('SIGHUP', () => process.exit(129));
}

/**
 * Variables that keep a test away from the person's own folders, keys and cloud accounts.
 * Everything that a program writes to "home" lands in `home`.
 */
export function isolatedEnvironment(home: string): NodeJS.ProcessEnv {
  return {
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_DATA_HOME: join(home, '.local/share'),
    XDG_STATE_HOME: join(home, '.local/state'),
    XDG_RUNTIME_DIR: home,
    OPENAI_API_KEY: undefined,
    OPENAI_BASE_URL: undefined,
    GOOGLE_APPLICATION_CREDENTIALS: undefined,
    GOOGLE_CLOUD_PROJECT: undefined,
  };
}
