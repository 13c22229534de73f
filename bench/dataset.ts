/**
 * A dataset of 1,000,000 rows (107 MB of CSV): first rows, whole index, memory, and how long the
 * caller's event loop stands still; and how soon a row of 100 MB is refused. Beside it csv-parse
 * and papaparse alone, which only cut cells. Run: `node bench/dataset.ts [rows]`.
 *
 * papaparse is no dependency: it is measured where it can be installed in a temp folder. Files are
 * made under the system's temp folder and removed at the end; each reading has a process of its
 * own, so that making the file does not count.
 */
import { spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse';
import { loadDataset } from '../src/engine/datasets/load.ts';
import { previewDataset } from '../src/engine/datasets/preview.ts';

const limits = { firstRowsMs: 500, indexMs: 5000, peakMb: 200, delayP99Ms: 50, refusalMs: 2000 };

/** What one reading took. */
interface Reading {
  readonly rows: number;
  readonly milliseconds: number;
  readonly peakMb: number;
  readonly firstRowsMs?: number;
  /** How long the caller's event loop stood still, 99th percentile and longest. */
  readonly delayP99Ms?: number;
  readonly delayMaxMs?: number;
  /** The error that ended it. */
  readonly refusal?: string;
}

type Readers = Readonly<Record<string, (path: string) => Promise<Omit<Reading, 'peakMb'>>>>;

const readers: Readers = { ours, 'csv-parse': csvParse, papaparse };

const [first, second, third] = process.argv.slice(2);
if (first === '--read' && second !== undefined && third !== undefined) {
  const reading = await readers[second]?.(third);
  // Node gives the peak in kilobytes.
  const peakMb = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(JSON.stringify({ ...reading, peakMb }));
} else {
  await measure(Number(first ?? 1_000_000));
}

async function measure(rows: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'prompt-refiner-bench-'));
  try {
    const path = join(folder, 'rows.csv');
    await pipeline(Readable.from(piecesOf(rows)), createWriteStream(path));
    const size = ((await stat(path)).size / 1e6).toFixed(0);
    const ourOwn = readIn(folder, 'ours', path);
    const { firstRowsMs = NaN, delayP99Ms = NaN, delayMaxMs = NaN } = ourOwn;
    say(`dataset: ${ourOwn.rows} rows, ${size} MB CSV`);
    say(`  first rows ${firstRowsMs.toFixed(0)} ms (limit ${limits.firstRowsMs})`);
    say(`  whole index ${seconds(ourOwn)} (limit ${limits.indexMs / 1000} s)`);
    say(`  memory ${ourOwn.peakMb.toFixed(0)} MB at the peak (limit ${limits.peakMb})`);
    say(
      `  event loop delay of the caller p99 ${delayP99Ms.toFixed(1)} ms (limit ${limits.delayP99Ms}), longest ${delayMaxMs.toFixed(0)} ms`,
    );
    for (const name of ['csv-parse', 'papaparse']) compare(folder, name, path);
    const long = join(folder, 'long.csv');
    await pipeline(Readable.from(longRow()), createWriteStream(long));
    const refused = readIn(folder, 'ours', long);
    say(
      `  a row of 100 MB: refused after ${refused.milliseconds.toFixed(0)} ms (limit ${limits.refusalMs}): ${refused.refusal ?? 'not refused'}`,
    );
    const kept =
      ourOwn.rows === rows &&
      firstRowsMs <= limits.firstRowsMs &&
      ourOwn.milliseconds <= limits.indexMs &&
      ourOwn.peakMb <= limits.peakMb &&
      delayP99Ms <= limits.delayP99Ms &&
      refused.milliseconds <= limits.refusalMs &&
      (refused.refusal ?? '').includes('line 3');
    process.exitCode = kept ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Another reader on the same file; said where it cannot be had. */
function compare(folder: string, name: string, path: string): void {
  try {
    const reading = readIn(folder, name, path);
    say(`  ${name} alone ${seconds(reading)}, ${reading.peakMb.toFixed(0)} MB`);
  } catch (error) {
    say(`  ${name} alone: not measured (${error instanceof Error ? error.message : 'no reason'})`);
  }
}

function readIn(folder: string, reader: string, path: string): Reading {
  if (reader === 'papaparse') {
    const install = ['install', '--prefix', folder, '--no-audit', '--no-fund', 'papaparse@5.7.1'];
    const { status } = spawnSync('npm', install, { encoding: 'utf8', timeout: 60_000 });
    if (status !== 0) throw new Error('it cannot be installed here');
  }
  const script = fileURLToPath(import.meta.url);
  const child = spawnSync(process.execPath, [script, '--read', reader, path], { encoding: 'utf8' });
  if (child.status !== 0) throw new Error(child.stderr);
  return JSON.parse(child.stdout) as Reading;
}

async function ours(path: string): Promise<Omit<Reading, 'peakMb'>> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const start = performance.now();
  let firstRowsMs = 0;
  try {
    await previewDataset(path);
    firstRowsMs = performance.now() - start;
    const { rows } = await loadDataset(path, { inputNames: [], needsExpected: true });
    const milliseconds = performance.now() - start - firstRowsMs;
    delay.disable();
    // The histogram counts in nanoseconds, the wanted millisecond of each turn included.
    const delayP99Ms = delay.percentile(99) / 1e6;
    return { rows, milliseconds, firstRowsMs, delayP99Ms, delayMaxMs: delay.max / 1e6 };
  } catch (error) {
    const refusal = error instanceof Error ? error.message : String(error);
    return { rows: 0, milliseconds: performance.now() - start, refusal };
  }
}

async function csvParse(path: string): Promise<Omit<Reading, 'peakMb'>> {
  const start = performance.now();
  let rows = -1;
  for await (const _ of createReadStream(path).pipe(parse())) rows++;
  return { rows, milliseconds: performance.now() - start };
}

/** The part of papaparse that is used here. */
interface Papa {
  parse(
    source: Readable,
    options: { step(): void; complete(): void; error(error: Error): void },
  ): void;
}

async function papaparse(path: string): Promise<Omit<Reading, 'peakMb'>> {
  const papa = createRequire(path)('papaparse') as Papa;
  const start = performance.now();
  let rows = -1;
  await new Promise<void>((complete, error) => {
    papa.parse(createReadStream(path), {
      step: () => {
        rows++;
      },
      complete,
      error,
    });
  });
  return { rows, milliseconds: performance.now() - start };
}

function* piecesOf(rows: number): Generator<string> {
  let piece = 'id,input,target\n';
  for (let row = 1; row <= rows; row++) {
    const padding =
      'the customer writes about an order that has not come yet and asks for some help'.slice(
        0,
        73 + (row % 5),
      );
    piece += `${row},"Ticket ${row}, ${padding}",label ${row % 7}\n`;
    if (piece.length < 1_000_000) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

function* longRow(): Generator<string> {
  yield 'id,input,target\n1,short,a\n2,"';
  for (let part = 0; part < 100; part++) yield 'x'.repeat(1_000_000);
  yield '",b\n';
}

function seconds({ milliseconds }: Reading): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
