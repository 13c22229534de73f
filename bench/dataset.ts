/**
 * Memory and time for a dataset of 1,000,000 rows (107 MB of CSV): index it, draw a sample, preview
 * it. The limit is 200 MB of resident memory. Run: `node bench/dataset.ts [rows]`.
 *
 * The file is made under the system's temp folder and removed at the end; it is read in a process
 * of its own, so that making it does not count.
 */
import { spawnSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { loadDataset } from '../src/engine/datasets/load.ts';
import { previewDataset } from '../src/engine/datasets/preview.ts';

const limitMb = 200;

/** What one reading took. */
interface Reading {
  readonly rows: number;
  readonly kept: number;
  readonly previewMs: number;
  readonly loadMs: number;
  readonly peakMb: number;
  /** Longest time that the event loop stood still, in milliseconds. */
  readonly longestBlockMs: number;
}

function* linesOf(rows: number): Generator<string> {
  yield 'id,input,target\n';
  for (let row = 1; row <= rows; row++) {
    const padding =
      'the customer writes about an order that has not come yet and asks for some help'.slice(
        0,
        73 + (row % 5),
      );
    yield `${row},"Ticket ${row}, ${padding}",label ${row % 7}\n`;
  }
}

async function read(path: string): Promise<Reading> {
  let longestBlockMs = 0;
  let last = performance.now();
  const pulse = setInterval(() => {
    const now = performance.now();
    longestBlockMs = Math.max(longestBlockMs, now - last - 10);
    last = now;
  }, 10);
  const start = performance.now();
  await previewDataset(path);
  const previewed = performance.now();
  const dataset = await loadDataset(path, { inputNames: [], needsExpected: true });
  const end = performance.now();
  clearInterval(pulse);
  return {
    rows: dataset.rows,
    kept: dataset.examples.length,
    previewMs: previewed - start,
    loadMs: end - previewed,
    // Node gives the peak in kilobytes.
    peakMb: process.resourceUsage().maxRSS / 1024,
    longestBlockMs,
  };
}

async function measure(rows: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'prompt-refiner-bench-'));
  try {
    const path = join(folder, 'rows.csv');
    await pipeline(Readable.from(linesOf(rows)), createWriteStream(path));
    const size = (await stat(path)).size / 1e6;
    const script = fileURLToPath(import.meta.url);
    const child = spawnSync(process.execPath, [script, '--read', path], { encoding: 'utf8' });
    if (child.status !== 0) throw new Error(child.stderr);
    const reading = JSON.parse(child.stdout) as Reading;
    process.stdout.write(
      `dataset: ${reading.rows} rows, ${size.toFixed(0)} MB CSV, ${reading.kept} kept: ` +
        `${reading.peakMb.toFixed(0)} MB resident at the peak (limit ${limitMb}), ` +
        `preview ${reading.previewMs.toFixed(0)} ms, load ${(reading.loadMs / 1000).toFixed(1)} s, ` +
        `longest block of the event loop ${reading.longestBlockMs.toFixed(0)} ms\n`,
    );
    if (reading.peakMb > limitMb || reading.rows !== rows) process.exitCode = 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const [first, second] = process.argv.slice(2);
if (first === '--read' && second !== undefined) {
  process.stdout.write(JSON.stringify(await read(second)));
} else {
  await measure(Number(first ?? 1_000_000));
}
