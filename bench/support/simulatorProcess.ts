import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';

const server = join(import.meta.dirname, '..', 'simulator', 'server.ts');

/**
 * Runs the simulated models behind an OpenAI-compatible server in a process of their own, so that
 * their work is not counted as ours, and ends it when the use is over.
 */
export async function withSimulator<Result>(
  { latencyMs }: { readonly latencyMs: number },
  use: (url: string) => Promise<Result>,
): Promise<Result> {
  const args = [server, '--latency', String(latencyMs), '--minutes', '5'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const { url } = JSON.parse(line) as { url: string };
    return await use(url);
  } finally {
    child.kill();
  }
}
