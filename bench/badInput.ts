/**
 * Reads every file of ../shared/data/bad-input, whole and one after the other in one process: no
 * crash, none over 2 s, and at most 500 MB at any moment. Time is the processor's, so that what
 * else a machine does counts for none; a file that waits for ever is ended by the watchdog.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { basename, join } from 'node:path';
import process from 'node:process';
import type { Ending } from '../test/process/datasets/readAll.ts';

const limits = { seconds: 2, peakMb: 500 };
const repository = join(import.meta.dirname, '..');
const folder = join(repository, '../shared/data/bad-input');

if (existsSync(folder)) process.exitCode = measure() ? 0 : 1;
else console.log('skipped: ../shared/data/bad-input is absent');

function measure(): boolean {
  const files = globSync(join(folder, '**/*'), { withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort();
  const script = join(repository, 'test/process/datasets/readAll.ts');
  const child = spawnSync(process.execPath, [script, ...files], {
    encoding: 'utf8',
    timeout: 300_000,
  });
  const endings = child.stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Ending);
  const [slowest] = endings.toSorted((left, right) => right.cpuMs - left.cpuMs);
  const crashes = endings.filter(({ outcome }) => outcome === 'crash').length;
  const read = endings.filter(({ outcome }) => outcome === 'rows').length;
  const peakMb = Math.max(...endings.map(each => each.peakMb));
  const unread = files.length - endings.length;
  console.log(
    `${endings.length} broken, odd or hostile files: ${read} with rows, ${endings.length - read - crashes} refused, ${crashes} crashes, ${unread} not ended`,
  );
  if (!slowest) return false;
  console.log(
    `  slowest ${Math.round(slowest.cpuMs)} ms CPU, ${Math.round(slowest.milliseconds)} ms (${basename(slowest.file)}; limit ${limits.seconds} s CPU)`,
  );
  console.log(`  peak ${Math.round(peakMb)} MB (limit ${limits.peakMb})`);
  const isWithin = slowest.cpuMs <= 1000 * limits.seconds && peakMb <= limits.peakMb;
  return child.status === 0 && crashes === 0 && unread === 0 && isWithin;
}
