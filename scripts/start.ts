/**
 * Tries the extension without installing it: opens an Extension Development Host on 127.0.0.1 with a
 * copy of examples/, for the browser of your choice.
 *
 *   npm start              prints the address
 *   npm start -- --open    opens it as well
 *   npm start -- FOLDER    opens FOLDER itself instead of the copy
 */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { windowAddress } from './host/address.ts';
import { repository, temporaryFolder, withOwnNode } from './host/places.ts';
import { startServer } from './host/server.ts';
import { installCodeServer } from './installHost.ts';

await main();

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { open: { type: 'boolean' } },
    allowPositionals: true,
  });
  build();
  installCodeServer();
  const folder = temporaryFolder('start');
  const workspace = workspaceFor(positionals[0], folder);
  const server = await startServer({
    folder,
    endsAlone: false,
    // A person at work, not a test: the accounts and variables of this machine are theirs to use.
    environment: process.env,
    settings: { 'workbench.startupEditor': 'readme' },
  });
  const address = windowAddress(server, { workspace, extensions: [repository], welcome: true });
  console.log(`\nPrompt Refiner runs in VS Code at:\n\n  ${address}\n`);
  console.log(`Workspace: ${workspace}\nCtrl+C stops everything.`);
  if (values.open) openBrowser(address);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      void server.close().then(() => process.exit(0));
    });
  }
}

function build(): void {
  const { status } = spawnSync('node', ['esbuild.js'], {
    cwd: repository,
    env: withOwnNode(process.env),
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}

function workspaceFor(named: string | undefined, folder: string): string {
  if (named !== undefined) {
    const workspace = resolve(named);
    if (existsSync(workspace)) return workspace;
    console.error(`There is no folder ${workspace}.`);
    process.exit(2);
  }
  const workspace = join(folder, 'examples');
  cpSync(join(repository, 'examples'), workspace, { recursive: true });
  return workspace;
}

function openBrowser(address: string): void {
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';
  const child = spawn(opener, [address], { stdio: 'ignore', detached: true });
  child.once('error', () => console.error(`"${opener}" is not there: open the address by hand.`));
  child.unref();
}
