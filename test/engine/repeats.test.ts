import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  parsePromptFile,
  type OptimizeRequest,
  type RunEvent,
  type RunSettings,
} from '../../src/engine/index.ts';
import { runReport } from '../../src/report/runReport.ts';
import { examplesFolder, wholeEngine, wholeRun } from '../support/wholeEngine.ts';

const requestOf = (settings: Partial<RunSettings>): OptimizeRequest => ({
  promptName: 'triage',
  prompt: parsePromptFile(readFileSync(join(examplesFolder, 'prompt.md'), 'utf8')),
  dataset: 'tickets.csv',
  metrics: ['accuracy'],
  settings: { patience: 2, maxIterations: 2, ...settings },
});

const rows = 240;

describe('Rows that are asked several times', function () {
  this.timeout(120_000);
  this.slow(30_000);

  it('are estimated, measured and reported as such in an evaluation', async () => {
    const engine = wholeEngine();
    const asked = requestOf({ repeats: 3 });
    const { calls, notes } = await engine.estimate(asked, 'evaluate');
    assert.deepEqual(calls, { low: 3 * rows, likely: 3 * rows, high: 3 * rows });
    assert.ok(notes.some(note => note.startsWith('Each prompt is asked 3 times about each row')));
    const { state } = await wholeRun(engine.evaluate(asked));
    assert.equal(state.spending.task.calls, 3 * rows);
    const [evaluation] = state.evaluations;
    assert.equal(evaluation?.scorecard['accuracy']?.count, rows);
    const { markdown, json } = runReport(state, {
      pathOf: String,
      milliseconds: 1,
      resumed: false,
    });
    const { flaky } = json as { flaky: { rows: number; of: number } };
    assert.equal(flaky.of, rows);
    assert.ok(flaky.rows > 0 && flaky.rows < rows, `${flaky.rows}`);
    assert.ok(
      markdown.includes(
        `its score is the mean. ${flaky.rows} of ${rows} rows flip when asked again.`,
      ),
    );
    const runId = state.header?.runId ?? '';
    const csv = await engine.exportRun({ runId, format: 'csv' });
    const [head = '', ...lines] = csv.trimEnd().split('\r\n');
    assert.ok(head.split(',').includes('flaky'));
    const at = head.split(',').length - head.split(',').indexOf('flaky');
    assert.equal(lines.filter(line => line.split(',').at(-at) === 'yes').length, flaky.rows);
    const jsonl = (await engine.exportRun({ runId, format: 'jsonl' })).trimEnd().split('\n');
    const first = JSON.parse(jsonl[0] ?? '') as { repeats: unknown[]; flaky: boolean };
    assert.equal(first.repeats.length, 3);
  });

  it('are asked again in the last look alone, where a temperature is set', async () => {
    const once = await wholeEngine().estimate(requestOf({}));
    const asked = requestOf({ temperature: 0.7 });
    const engine = wholeEngine();
    const { calls } = await engine.estimate(asked);
    assert.equal(calls.high - once.calls.high, 2 * once.rows.test);
    const { state } = await wholeRun(engine.optimize(asked));
    for (const { purpose, rollouts } of state.evaluations) {
      const repeats = purpose === 'claim' ? 2 : 1;
      assert.ok(
        rollouts.every(rollout => (rollout.repeats?.length ?? 1) === repeats),
        purpose,
      );
    }
    assert.equal(state.claim?.flaky?.of, once.rows.test);
  });

  it('are judged within a budget that the search uses up', async () => {
    const settings = { repeats: 2, budget: { calls: 620 }, maxIterations: 20, patience: 20 };
    const { state } = await wholeRun(wholeEngine().optimize(requestOf(settings)));
    assert.equal(state.ended?.reason, 'budget');
    assert.ok(state.claim);
    const { task, optimizer } = state.spending;
    assert.ok(task.calls + optimizer.calls <= 620);
  });

  it('are not paid twice where a run goes on in the middle of them', async () => {
    const asked = requestOf({ repeats: 2, concurrency: 8 });
    const whole = await wholeRun(wholeEngine().optimize(asked));
    const decisions = (events: readonly RunEvent[]) =>
      events.filter(({ type }) => ['trial-end', 'claim-end', 'run-end'].includes(type));
    const engine = wholeEngine();
    let at = 0;
    for await (const _ of engine.optimize(asked)) {
      if ((at += 1) > 0.6 * whole.events.length) break;
    }
    const [run] = await engine.runs();
    const resumed = await wholeRun(engine.resume(run?.runId ?? ''));
    assert.deepEqual(decisions(resumed.events), decisions(whole.events));
    assert.equal(resumed.state.spending.task.calls, whole.state.spending.task.calls);
  });

  it('are at least one and 20 at most', async () => {
    for (const repeats of [0, 1.5, 21]) {
      await assert.rejects(
        wholeRun(wholeEngine().evaluate(requestOf({ repeats }))),
        /repeats is .*, but it must be a whole number from 1 to 20/,
      );
    }
  });
});
