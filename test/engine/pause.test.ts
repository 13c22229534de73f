import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { compose } from '../../src/compose.ts';
import { parsePromptFile, runGate } from '../../src/engine/index.ts';
import type { OptimizeRequest, Provider, RunEvent } from '../../src/engine/index.ts';
import { demoProvider } from '../../src/engine/providers/demo/demo.ts';
import { examplesFolder, wholeRun } from '../support/wholeEngine.ts';

const request: OptimizeRequest = {
  promptName: 'triage',
  prompt: parsePromptFile(readFileSync(join(examplesFolder, 'prompt.md'), 'utf8')),
  dataset: join(examplesFolder, 'tickets.csv'),
  metrics: ['accuracy'],
  taskModel: 'slow:task',
  optimizerModel: 'slow:optimizer',
  settings: { maxIterations: 2, concurrency: 4 },
};

/** The demo behind a real delay; every request that leaves is counted. */
function slowProvider(count: { sent: number; back: number }): Provider {
  const demo = demoProvider({});
  return {
    ...demo,
    name: 'slow',
    model: name => {
      const model = demo.model(name);
      return {
        ...model,
        id: `slow:${name}`,
        async generate(asked, signal) {
          count.sent += 1;
          await new Promise(resolve => setTimeout(resolve, 5));
          const answer = await model.generate(asked, signal);
          count.back += 1;
          return answer;
        },
      };
    },
  };
}

function engineWith(count: { sent: number; back: number }) {
  return compose({
    folder: mkdtempSync(join(tmpdir(), 'pause-')),
    settings: {},
    keyFor: async () => undefined,
    providers: [slowProvider(count)],
  });
}

describe('A paused run', () => {
  it('keeps what is under way, sends nothing new, and goes on to the same end', async () => {
    const usual = await wholeRun(engineWith({ sent: 0, back: 0 }).optimize(request));
    const count = { sent: 0, back: 0 };
    const gate = runGate();
    const events: RunEvent[] = [];
    let pausedAt = 0;
    for await (const event of engineWith(count).optimize(request, undefined, gate)) {
      events.push(event);
      if (pausedAt === 0 && count.back >= 30) {
        gate.shut();
        pausedAt = count.sent;
        void untilBack(gate).then(async () => {
          // Long enough for many requests, were they not held back.
          await new Promise(resolve => setTimeout(resolve, 200));
          assert.equal(count.sent, pausedAt);
          assert.equal(count.back, pausedAt);
          gate.open();
        });
      }
    }
    assert.ok(pausedAt >= 30 && count.sent > pausedAt, `${pausedAt} of ${count.sent}`);
    const { state } = await wholeRun(eachOf(events));
    assert.deepEqual(state.claim, usual.state.claim);
    assert.deepEqual(state.spending, usual.state.spending);
    assert.equal(state.waitedMs, 0);
  });

  it('can be stopped, and books nothing for what it held back', async () => {
    const count = { sent: 0, back: 0 };
    const gate = runGate();
    const stop = new AbortController();
    const engine = engineWith(count);
    for await (const _ of engine.optimize(request, stop.signal, gate)) {
      if (count.back < 30 || gate.isShut()) continue;
      gate.shut();
      void untilBack(gate).then(() => stop.abort());
    }
    const [run] = await engine.runs();
    const { state } = await wholeRun(engine.replay(run?.runId ?? ''));
    assert.equal(state.ended?.reason, 'cancelled');
    const sent = count.sent;
    const resumed = await wholeRun(engine.resume(run?.runId ?? ''));
    assert.equal(resumed.state.spending.task.possiblyPaid, 0);
    assert.ok(count.sent > sent);
    assert.equal(resumed.state.ended?.reason === 'cancelled', false);
  });
});

async function untilBack(gate: { underWay(): number }): Promise<void> {
  while (gate.underWay() > 0) await new Promise(resolve => setTimeout(resolve, 5));
}

async function* eachOf(events: readonly RunEvent[]): AsyncGenerator<RunEvent> {
  yield* events;
}
