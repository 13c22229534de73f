/**
 * Reads the files that are named on the command line, each in full with its first column as the
 * input, and writes one JSON line a file: how it ended, how long it took, and the memory so far.
 */
import process from 'node:process';
import { DatasetError } from '../../../src/engine/core/errors.ts';
import { loadDataset } from '../../../src/engine/datasets/load.ts';
import { previewDataset } from '../../../src/engine/datasets/preview.ts';

/** How the reading of one file ended. */
export interface Ending {
  readonly file: string;
  readonly outcome: 'rows' | 'error' | 'crash';
  readonly rows: number;
  readonly message: string;
  readonly milliseconds: number;
  /** Time of the processor, of all threads. */
  readonly cpuMs: number;
  /** Highest resident memory of the process until now, in MB. */
  readonly peakMb: number;
}

for (const file of process.argv.slice(2)) {
  const start = performance.now();
  const cpu = process.cpuUsage();
  const ended = await endingOf(file);
  const milliseconds = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  const cpuMs = (user + system) / 1000;
  // Node gives the peak in kilobytes.
  const peakMb = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(`${JSON.stringify({ file, ...ended, milliseconds, cpuMs, peakMb })}\n`);
}

async function endingOf(file: string): Promise<Pick<Ending, 'outcome' | 'rows' | 'message'>> {
  try {
    const { columns } = await previewDataset(file);
    const [first = ''] = columns;
    const mapping = { inputs: { input: first } };
    const options = { mapping, inputNames: ['input'], needsExpected: false };
    const { rows } = await loadDataset(file, options);
    return { outcome: 'rows', rows, message: '' };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { outcome: error instanceof DatasetError ? 'error' : 'crash', rows: 0, message };
  }
}
