import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { isolatedEnvironment, serverFolder, withOwnNode } from './places.ts';

/** What one VS Code server is started with. */
export interface ServerOptions {
  /** Empty folder for everything the server and its extensions write. */
  readonly folder: string;
  /** Settings of the user, on top of the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** False shows the workspace in Restricted Mode. Default: true. */
  readonly trusted?: boolean;
  /** Variables that extensions see; `undefined` removes one. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Ends the server by itself five minutes after the last window. Default: true. */
  readonly endsAlone?: boolean;
}

/** A running VS Code server on 127.0.0.1. */
export interface Server {
  /** Such as `http://127.0.0.1:40487`. */
  readonly origin: string;
  /** Process id; the extension hosts are below it. */
  readonly pid: number | undefined;
  /** Has to be part of the first address that is opened. */
  readonly token: string;
  /** The last lines the server wrote: for the message when something fails. */
  lastWords(): string;
  close(): Promise<void>;
}

/** A window without anything that is not ours: no chat, no welcome, no tips, no updates. */
const quietSettings = {
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.colorTheme': 'Default Dark Modern',
  'window.autoDetectColorScheme': false,
  'window.autoDetectHighContrast': false,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'git.enabled': false,
};

/** The server prints its port after 0.5 s here; a busy machine may need much longer. */
const startLimitMilliseconds = 60_000;

/**
 * Starts the VS Code server of `vscode-host.md` on a free port.
 * @throws Error with the server's last words where it does not come up.
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  const serverHome = join(options.folder, 'server');
  writeSettings(serverHome, { ...quietSettings, ...options.settings });
  mkdirSync(join(options.folder, 'home'), { recursive: true });
  // Seen from elsewhere: below the folder of an extension under development, VS Code would take its
  // own extensions for parts of that one, and loads no theme but the default ones.
  symlinkSync(join(serverFolder, 'extensions'), join(options.folder, 'builtin'));
  // No page that is open in the same browser, and nobody else on this machine, gets in without it.
  const token = randomUUID();
  const child = spawn('node', serverArguments(options, serverHome, token), {
    cwd: serverFolder,
    env: withOwnNode({
      ...process.env,
      ...isolatedEnvironment(join(options.folder, 'home')),
      ...options.environment,
    }),
    stdio: ['ignore', 'pipe', 'pipe'],
    // Its own process group, so that the extension hosts below it end with it.
    detached: true,
  });
  const endWithUs = () => killGroup(child, 'SIGKILL');
  process.once('exit', endWithUs);
  const words = lastLines(child);
  const port = await portOf(child, words);
  return {
    origin: `http://127.0.0.1:${port}`,
    pid: child.pid,
    token,
    lastWords: () => words.join('\n'),
    close: async () => {
      process.off('exit', endWithUs);
      await end(child);
    },
  };
}

function serverArguments(options: ServerOptions, serverHome: string, token: string): string[] {
  return [
    'out/server-main.js',
    ...['--host', '127.0.0.1', '--port', '0', '--connection-token', token],
    ...['--accept-server-license-terms', '--telemetry-level', 'off'],
    ...['--server-data-dir', serverHome, '--extensions-dir', join(options.folder, 'extensions')],
    ...['--builtin-extensions-dir', join(options.folder, 'builtin')],
    // Without the smoke test driver the page ignores the development payload of its address.
    '--enable-smoke-test-driver',
    ...((options.trusted ?? true) ? ['--disable-workspace-trust'] : []),
    ...((options.endsAlone ?? true) ? ['--enable-remote-auto-shutdown'] : []),
  ];
}

function writeSettings(serverHome: string, settings: object): void {
  for (const scope of ['Machine', 'User']) {
    const folder = join(serverHome, 'data', scope);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings, undefined, 2));
  }
}

function lastLines(child: ChildProcess): string[] {
  const words: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', line => {
      words.push(line);
      if (words.length > 40) words.shift();
    });
  }
  return words;
}

function portOf(child: ChildProcess, words: readonly string[]): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const fail = (why: string) => {
      clearTimeout(limit);
      killGroup(child, 'SIGKILL');
      reject(new Error(`The VS Code server ${why}. Its last words:\n${words.join('\n')}`));
    };
    const limit = setTimeout(() => fail('did not start in time'), startLimitMilliseconds);
    child.once('error', error => fail(`could not be started: ${error.message}`));
    child.once('exit', code => fail(`ended with code ${code} before it was ready`));
    child.stdout?.on('data', (chunk: Buffer) => {
      const port = /Extension host agent listening on (\d+)/.exec(chunk.toString())?.[1];
      if (port === undefined) return;
      clearTimeout(limit);
      child.removeAllListeners('exit');
      resolvePort(Number(port));
    });
  });
}

/** Asks first; what has not ended after three seconds is ended. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise(resolveEnd => child.once('exit', resolveEnd));
  killGroup(child, 'SIGTERM');
  const impatience = setTimeout(() => killGroup(child, 'SIGKILL'), 3_000);
  await ended;
  clearTimeout(impatience);
  killGroup(child, 'SIGKILL');
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // ESRCH: every process of the group has ended already.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
