import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import process from 'node:process';

/** What one process took from start to exit, its children included where they were waited for. */
export interface Measured {
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Highest resident memory of the process itself; undefined where /proc does not tell. */
  readonly peakMegabytes: number | undefined;
  readonly exitCode: number;
}

/** A program with its arguments. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Clock ticks a second in /proc, the same on every Linux that Node runs on. */
const ticks = 100;

/** Runs a program to its end. Memory and CPU are read from /proc while it lives. */
export async function measure({ command, args, cwd, env }: Program): Promise<Measured> {
  const began = performance.now();
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', chunk => (complaint = (complaint + String(chunk)).slice(-2000)));
  let peakMegabytes: number | undefined;
  let cpuSeconds = 0;
  const watch = setInterval(() => {
    const seen = readProcess(child.pid ?? 0);
    peakMegabytes = seen?.peakMegabytes ?? peakMegabytes;
    cpuSeconds = seen?.cpuSeconds ?? cpuSeconds;
  }, 20);
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', code => resolve(code ?? -1));
  }).finally(() => clearInterval(watch));
  if (exitCode > 1) console.error(complaint);
  return { seconds: (performance.now() - began) / 1000, cpuSeconds, peakMegabytes, exitCode };
}

function readProcess(pid: number): { peakMegabytes: number; cpuSeconds: number } | undefined {
  try {
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    // Behind the last bracket: the name of a program may hold spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    if (!peak) return undefined;
    const used = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index] ?? 0), 0);
    return { peakMegabytes: Number(peak[1]) / 1024, cpuSeconds: used / ticks };
  } catch {
    return undefined;
  }
}
