/**
 * Evaluation throughput: 2,000 CSV rows against the loopback server that answers after 50 ms, 50
 * calls at once. The limit is rows × latency ÷ concurrency = 2.0 s. Beside it, in the same minute:
 * a bare HTTP client on the same work, and promptfoo where PROMPTFOO names its executable.
 *
 *   node bench/throughput.ts
 *   PROMPTFOO=/path/to/node_modules/.bin/promptfoo node bench/throughput.ts
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { measure, type Measured } from './support/measure.ts';
import { withSimulator } from './support/simulatorProcess.ts';

const rows = 2000;
const latencyMs = 50;
const concurrency = 50;
const limitSeconds = (rows * latencyMs) / concurrency / 1000;

const folder = mkdtempSync(join(tmpdir(), 'throughput-'));
try {
  await withSimulator({ latencyMs }, async url => {
    writeRows();
    report('bare HTTP client', await measureBare(url));
    report('prompt-refiner', await measure(ours(url)));
    const promptfoo = process.env['PROMPTFOO'];
    if (promptfoo) report('promptfoo', await measure(peer(promptfoo, url)));
    else console.log('promptfoo: not measured; name its executable in PROMPTFOO.');
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function writeRows(): void {
  const lines = Array.from({ length: rows }, (_, index) => `"Case ${index}: hello",blue`);
  writeFileSync(join(folder, 'rows.csv'), ['input,target', ...lines, ''].join('\n'));
  writeFileSync(join(folder, 'prompt.md'), 'Answer with one of: blue, green.\n\n{{input}}\n');
}

function ours(url: string) {
  const args = ['evaluate', '--prompt', 'prompt.md', '--dataset', 'rows.csv'];
  args.push('--metric', 'exact_match', '--model', 'openai:sim-task', '--base-url', url);
  args.push('--concurrency', `${concurrency}`, '--folder', folder, '--yes', '--json');
  return {
    command: join(import.meta.dirname, '..', 'dist', 'cli.js'),
    args,
    cwd: folder,
  };
}

function peer(promptfoo: string, url: string) {
  const config = {
    prompts: ['Answer with one of: blue, green.\n\n{{input}}'],
    providers: [
      {
        id: 'openai:chat:sim-task',
        config: { apiBaseUrl: url, apiKey: 'none', temperature: 0, max_tokens: 16 },
      },
    ],
    tests: 'file://rows.csv',
    defaultTest: { assert: [{ type: 'equals', value: '{{target}}' }] },
  };
  writeFileSync(join(folder, 'promptfooconfig.json'), JSON.stringify(config));
  const args = ['eval', '-c', 'promptfooconfig.json', '-j', `${concurrency}`, '--no-cache'];
  return {
    command: promptfoo,
    args: [...args, '--no-table', '--no-write', '-o', 'results.json'],
    cwd: folder,
    env: { PROMPTFOO_DISABLE_TELEMETRY: '1', PROMPTFOO_DISABLE_UPDATE: '1', HOME: folder },
  };
}

/** The least that any client can take here: no parsing, no log, no scores. */
async function measureBare(url: string): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const before = process.cpuUsage();
  const began = performance.now();
  let next = 0;
  const one = (index: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify({
        model: 'sim-task',
        messages: [{ role: 'user', content: `Case ${index}` }],
      });
      const sent = request(
        `${url}/chat/completions`,
        { method: 'POST', agent, headers: { 'content-type': 'application/json' } },
        answer => answer.resume().on('end', resolve),
      );
      sent.on('error', reject).end(body);
    });
  const worker = async (): Promise<void> => {
    while (next < rows) await one((next += 1));
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  agent.destroy();
  const cpu = process.cpuUsage(before);
  return {
    seconds: (performance.now() - began) / 1000,
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
    peakMegabytes: undefined,
    exitCode: 0,
  };
}

function report(name: string, measured: Measured): void {
  const { seconds, cpuSeconds, peakMegabytes, exitCode } = measured;
  const memory = peakMegabytes === undefined ? '-' : `${Math.round(peakMegabytes)} MB`;
  const ratio = (seconds / limitSeconds).toFixed(2);
  console.log(
    `${name}: ${seconds.toFixed(2)} s (${ratio} × the limit of ${limitSeconds.toFixed(1)} s), ` +
      `${cpuSeconds.toFixed(2)} s CPU, peak ${memory}, exit ${exitCode}`,
  );
}
