#!/usr/bin/env node
/**
 * Stands in for the `code` executable where VS Code cannot be downloaded: `@vscode/test-electron`
 * starts it with the same arguments. It opens the window in a headless Chromium, prints what the
 * extension host prints, and ends with the code of the tests.
 *
 *   codeServerHost.ts FOLDER --extensionDevelopmentPath=DIR --extensionTestsPath=MODULE
 *
 * `--extensionDevelopmentPath` may be given several times. Arguments that only the desktop knows are
 * ignored.
 */
import { join } from 'node:path';
import process from 'node:process';
import { format, parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { windowAddress } from './host/address.ts';
import type { ServerAddress, WindowContents } from './host/address.ts';
import { launchChromium } from './host/browser.ts';
import { installExtension } from './host/extensions.ts';
import { temporaryFolder } from './host/places.ts';
import { startServer } from './host/server.ts';

/** A window that has not ended its tests by then hangs. */
const limitMilliseconds = Number(process.env['TEST_HOST_LIMIT_SECONDS'] ?? 600) * 1000;

/** `TEST_HOST_VERBOSE=1` prints the workbench's own log as well. */
const showsEverything = process.env['TEST_HOST_VERBOSE'] === '1';

/**
 * What this VS Code always says: native modules that are left out on purpose, the marketplace that a
 * closed machine cannot reach, and the connection's own diary.
 */
const expectedNoise = new RegExp(
  [
    'Could not locate the bindings file',
    "Cannot find module './build/Release/watchdog'",
    '^Creating a socket',
    '^Resolv(ing|ed) connection token',
    '^\\[(reconnection-grace-time|AgentHost:remote|AccountPolicyGate|Service Worker)\\]',
    '^Updating additional builtin extensions cache',
    '^getaddrinfo (ENOTFOUND|EAI_AGAIN)',
    '^Creation of workbench contribution',
    '^Timed out waiting for authentication provider',
    '^\\[CHAT\\] extension request ERRORED',
    '^Canceled: Canceled',
  ].join('|'),
);

await main();

async function main(): Promise<void> {
  const { contents, trusted } = readArguments(process.argv.slice(2));
  const folder = temporaryFolder('host');
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(130));
  }
  const [underTest, ...others] = contents.extensions;
  others.forEach(extension => installExtension(extension, join(folder, 'extensions')));
  const server = await startServer({ folder, trusted });
  const browser = await launchChromium(folder);
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.exposeFunction('codeAutomationLog', print);
  const code = await exitCodeOf(page, addressOf(server, contents, underTest)).catch(
    (error: unknown) => {
      console.error(String(error));
      console.error(server.lastWords());
      return 1;
    },
  );
  await browser.close();
  await server.close();
  process.exit(code);
}

/** The window keeps one extension under development only, so the others are installed. */
function addressOf(server: ServerAddress, contents: WindowContents, underTest: string | undefined) {
  return windowAddress(server, { ...contents, extensions: underTest ? [underTest] : [] });
}

/**
 * Opens the window and waits for the end of its tests.
 * @throws Error where the page crashes or the time is up
 */
function exitCodeOf(page: Page, address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const seconds = limitMilliseconds / 1000;
    const tooLong = new Error(`The tests did not end within ${seconds} s.`);
    const limit = setTimeout(() => reject(tooLong), limitMilliseconds);
    page.once('crash', () => reject(new Error('The page of the workbench crashed.')));
    const end = (code: number) => {
      clearTimeout(limit);
      resolve(code);
    };
    page
      .exposeFunction('codeAutomationExit', end)
      .then(() => page.goto(address))
      .catch(reject);
  });
}

function readArguments(args: string[]): { contents: WindowContents; trusted: boolean } {
  const { values, positionals } = parseArgs({
    args,
    strict: false,
    allowPositionals: true,
    options: {
      extensionDevelopmentPath: { type: 'string', multiple: true },
      extensionTestsPath: { type: 'string' },
      'disable-workspace-trust': { type: 'boolean' },
    },
  });
  const tests = values.extensionTestsPath;
  if (typeof tests !== 'string') {
    console.error('Nothing to run: --extensionTestsPath=MODULE is missing.');
    process.exit(2);
  }
  const extensions = values.extensionDevelopmentPath ?? [];
  const workspace = positionals[0];
  return {
    contents: {
      extensions: Array.isArray(extensions) ? extensions.map(String) : [String(extensions)],
      tests,
      ...(workspace === undefined ? {} : { workspace }),
    },
    trusted: values['disable-workspace-trust'] === true,
  };
}

/** A line of the extension host's console, as it was meant: errors to stderr. */
function print(type: string, args: readonly unknown[]): void {
  const line = format(...args);
  if (!showsEverything && expectedNoise.test(line)) return;
  if (type === 'error' || type === 'warn') console.error(line);
  else console.log(line);
}
