import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { findChromium, isolatedEnvironment } from './places.ts';

/** Chromium stays on this machine and in this process: no sandbox in containers, nothing fetched. */
const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts the installed Chromium without a window.
 * @param folder for everything that the browser writes
 * @throws Error that says how to get a Chromium where there is none
 */
export async function launchChromium(folder: string): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Error(
      'No Chromium or Chrome was found. Run `node scripts/installHost.ts`, or name one in CHROMIUM_PATH.',
    );
  }
  const environment = { ...process.env, ...isolatedEnvironment(join(folder, 'home')) };
  const present = Object.entries(environment).filter(([, value]) => value !== undefined);
  return chromium.launch({
    executablePath,
    args: chromiumArguments,
    env: Object.fromEntries(present),
  });
}
