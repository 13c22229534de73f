/**
 * Installs what the tests inside VS Code need, into `.vscode-test/` (git-ignored), and says what it
 * does. What is there already is left alone, what was broken off is done again:
 *
 *   node scripts/installHost.ts
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { downloadAndUnzipVSCode, SilentReporter } from '@vscode/test-electron';
import {
  codeServerFolder,
  codeServerVersion,
  findChromium,
  serverFolder,
  serverIsComplete,
  testHostFolder,
  withOwnNode,
} from './host/places.ts';

/** Without an answer for so long, the machine is taken to be closed. */
const downloadTimeoutMilliseconds = 5_000;

/** Noted after a download that did not work, so that the next run does not wait for it again. */
const cannotDownload = join(testHostFolder, 'no-download');

if (import.meta.main) {
  installCodeServer();
  installChromium();
  const desktop = await installDesktop();
  console.log(
    desktop ? `tests run in ${desktop}` : `tests run in code-server ${codeServerVersion}`,
  );
}

/** The VS Code server of the npm package code-server: about a minute, nothing is compiled. */
export function installCodeServer(): void {
  if (existsSync(serverIsComplete)) return;
  console.log(
    `Installing code-server ${codeServerVersion} into .vscode-test (575 MB, one minute) …`,
  );
  // Begun anew: npm would take what a broken-off installation left for complete.
  rmSync(codeServerFolder, { recursive: true, force: true });
  mkdirSync(codeServerFolder, { recursive: true });
  writeFileSync(join(codeServerFolder, 'package.json'), '{ "private": true }\n');
  // Without install scripts: they would compile modules that the tests do not need.
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  run('npm', ['install', `code-server@${codeServerVersion}`, ...quiet], codeServerFolder);
  console.log('Installing what its VS Code server imports …');
  run('npm', ['install', '--omit=dev', ...quiet], serverFolder);
  writeFileSync(serverIsComplete, '');
}

/** Chromium from the distribution, where none is found. */
export function installChromium(): void {
  if (findChromium() !== undefined) return;
  console.log('Installing Chromium with apt (half a minute) …');
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '--non-interactive'];
  const install = (...args: string[]) => {
    const [command, ...rest] = [...asRoot, 'apt-get', ...args];
    run(
      command ?? 'apt-get',
      rest,
      testHostFolder,
      'Install Chromium or Chrome by hand, then repeat.',
    );
  };
  install('update', '-qq');
  install('install', '-y', '-qq', '--no-install-recommends', 'chromium');
}

/**
 * VS Code itself where it can be downloaded and shown.
 * @returns the executable; undefined where code-server has to stand in
 */
export async function installDesktop(): Promise<string | undefined> {
  const hasScreen = process.platform !== 'linux' || process.env['DISPLAY'] !== undefined;
  if (!hasScreen || existsSync(cannotDownload)) return undefined;
  try {
    return await downloadAndUnzipVSCode({
      cachePath: testHostFolder,
      timeout: downloadTimeoutMilliseconds,
      reporter: new SilentReporter(),
    });
  } catch (error) {
    console.log(`VS Code cannot be downloaded here (${String(error)}); code-server stands in.`);
    mkdirSync(testHostFolder, { recursive: true });
    writeFileSync(cannotDownload, 'Delete this file to try the download of VS Code again.\n');
    return undefined;
  }
}

/** @throws Error that names the command and what to do when it fails. */
function run(
  command: string,
  args: readonly string[],
  folder: string,
  remedy = 'Check the network and the package registry, then repeat; nothing half-done is kept.',
): void {
  mkdirSync(folder, { recursive: true });
  const { status, error } = spawnSync(command, args, {
    cwd: folder,
    env: withOwnNode(process.env),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status === 0) return;
  const why = error ? error.message : `ended with code ${status}`;
  throw new Error(`"${command} ${args.join(' ')}" in ${folder}: ${why}. ${remedy}`);
}
