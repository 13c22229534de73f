/**
 * Going on with a run of which 10,000 calls are recorded: from the resume to its last event, with
 * no request sent, and how long the record alone takes to read. A cancel: from the abort to the end
 * of the pending call, through the `openai` client against a server that has not answered yet.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { compose } from '../src/compose.ts';
import type { Engine, RunEvent } from '../src/engine/index.ts';
import { openaiProvider } from '../src/engine/providers/openai.ts';
import { openCallLog } from '../src/engine/store/callLog.ts';
import { localFiles } from '../src/engine/store/localFiles.ts';
import { startStormyServer } from '../test/process/storm/stormyServer.ts';

const calls = 10_000;
const most = { resumeMs: 2_000, cancelMs: 100 };
const keyFor = () => Promise.resolve(undefined);

const folder = mkdtempSync(join(tmpdir(), 'resume-'));
const server = await startStormyServer(0, true);
try {
  const resumeMs = await measureResume(folder);
  const cancelMs = await measureCancel();
  process.exitCode = resumeMs <= most.resumeMs && cancelMs <= most.cancelMs ? 0 : 1;
} finally {
  await server.close();
  rmSync(folder, { recursive: true });
}

async function measureResume(root: string): Promise<number> {
  const lines = Array.from({ length: calls }, (_, at) => `"Case ${at}: hello",blue`);
  writeFileSync(join(root, 'rows.csv'), ['input,target', ...lines, ''].join('\n'));
  const engine = (): Engine =>
    compose({ folder: root, settings: { openaiBaseUrl: server.url }, keyFor });
  const first = engine().evaluate({
    promptName: 'blue',
    prompt: { system: 'Answer: {{input}}', output: '' },
    dataset: 'rows.csv',
    metrics: ['exact_match'],
    taskModel: 'openai:task',
    settings: { concurrency: 64 },
  });
  await ended(first);
  const sent = server.ledger().requests;

  const [run] = await engine().runs();
  const began = performance.now();
  const log = await openCallLog(
    localFiles(root),
    `.prompts/blue/runs/${run?.runId ?? ''}/calls.jsonl`,
  );
  const readMs = performance.now() - began;
  await log.close();

  const resumed = performance.now();
  const before = process.cpuUsage();
  await ended(engine().resume(run?.runId ?? ''));
  const resumeMs = performance.now() - resumed;
  const { user, system } = process.cpuUsage(before);
  console.log(`resume of ${calls} recorded calls (${sent} requests had been sent)`);
  console.log(`  reading the record ${readMs.toFixed(0)} ms`);
  console.log(
    `  to the last event ${resumeMs.toFixed(0)} ms (limit ${most.resumeMs}), ${((user + system) / 1000).toFixed(0)} ms CPU`,
  );
  console.log(`  requests sent again ${server.ledger().requests - sent}`);
  return resumeMs;
}

async function ended(events: AsyncIterable<RunEvent>): Promise<void> {
  let last: RunEvent | undefined;
  for await (const event of events) last = event;
  if (last?.type !== 'run-end' || last.reason !== 'done')
    throw new Error('The run did not end well.');
}

async function measureCancel(): Promise<number> {
  const silent = createServer(request => request.resume());
  await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve));
  const address = silent.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const model = openaiProvider({ baseUrl: `http://127.0.0.1:${port}/v1`, keyFor }).model('task');
  const times: number[] = [];
  for (let round = 0; round < 20; round += 1) {
    const controller = new AbortController();
    const pending = model
      .generate({ role: 'task', messages: [{ role: 'user', content: 'hello' }] }, controller.signal)
      .catch(() => performance.now());
    await delay(50);
    const aborted = performance.now();
    controller.abort();
    times.push(((await pending) as number) - aborted);
  }
  silent.closeAllConnections();
  silent.close();
  times.sort((left, right) => left - right);
  const longest = times.at(-1) ?? Infinity;
  console.log('cancel: from the abort to the end of the pending provider call');
  console.log(
    `  median ${(times[10] ?? 0).toFixed(2)} ms, longest ${longest.toFixed(2)} ms of 20 (limit ${most.cancelMs})`,
  );
  return longest;
}
