import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { EvaluationFigures } from './evaluation.ts';
import { startStormyServer, type StormLedger } from './stormyServer.ts';

const evaluation = fileURLToPath(new URL('./evaluation.ts', import.meta.url));

/** What is run against the server. */
export interface StormOptions {
  readonly rows: number;
  readonly concurrency: number;
  readonly latencyMs: number;
  /** No call fails: what to compare with. */
  readonly calm?: boolean;
}

/** Evaluates so many rows while every fifth call fails; what the run says, and what the server saw. */
export async function storm({
  rows,
  concurrency,
  latencyMs,
  calm,
}: StormOptions): Promise<{ readonly run: EvaluationFigures; readonly server: StormLedger }> {
  const folder = mkdtempSync(join(tmpdir(), 'storm-'));
  const server = await startStormyServer(latencyMs, calm);
  try {
    // The limit on young objects is the command line's own.
    const args = [
      '--max-semi-space-size=8',
      evaluation,
      folder,
      server.url,
      String(rows),
      String(concurrency),
    ];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    await once(child, 'close');
    return { run: JSON.parse(out) as EvaluationFigures, server: server.ledger() };
  } finally {
    await server.close();
    rmSync(folder, { recursive: true });
  }
}
