import { globSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

/**
 * The door for VS Code's test runner: runs every `*.test.ts` of this folder inside the extension host.
 * `TEST_GREP` narrows it to the tests whose full name holds that text.
 */
export async function run(): Promise<void> {
  const grep = process.env['TEST_GREP'];
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 60_000,
    slow: 3_000,
    color: process.env['FORCE_COLOR'] !== undefined,
    ...(grep ? { fgrep: grep } : {}),
  });
  const here = import.meta.dirname;
  for (const file of globSync('**/*.test.mjs', { cwd: here }).sort()) {
    mocha.addFile(join(here, file));
  }
  await mocha.loadFilesAsync();
  const failures = await new Promise<number>(done => mocha.run(done));
  if (failures > 0) throw new Error(`${failures} test(s) failed inside VS Code.`);
}
