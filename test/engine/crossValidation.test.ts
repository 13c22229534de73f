import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  parsePromptFile,
  type OptimizeRequest,
  type RunEvent,
  type RunSettings,
} from '../../src/engine/index.ts';
import { memoryFiles } from '../../src/engine/store/memoryFiles.ts';
import { runReport } from '../../src/report/runReport.ts';
import { examplesFolder, wholeEngine, wholeRun } from '../support/wholeEngine.ts';

describe('A search over few rows', function () {
  this.timeout(120_000);
  this.slow(30_000);
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'few-'));
    const lines = readFileSync(join(examplesFolder, 'tickets.csv'), 'utf8').trimEnd().split('\n');
    for (const rows of [20, 29, 30]) {
      writeFileSync(join(folder, `${rows}.csv`), `${lines.slice(0, rows + 1).join('\n')}\n`);
    }
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const requestOf = (rows: number, settings: Partial<RunSettings> = {}): OptimizeRequest => ({
    promptName: 'triage',
    prompt: parsePromptFile(readFileSync(join(examplesFolder, 'prompt.md'), 'utf8')),
    dataset: join(folder, `${rows}.csv`),
    metrics: ['accuracy'],
    settings: { patience: 8, maxIterations: 8, targetThreshold: 1, ...settings },
  });

  it('is cross-validated under 30 rows, unless that is switched off', async () => {
    const rowsOf = async (rows: number, settings?: Partial<RunSettings>) => {
      const { rows: divided, folds } = await wholeEngine().estimate(requestOf(rows, settings));
      return { test: divided.test, folds };
    };
    assert.deepEqual(await rowsOf(29), { test: 0, folds: 5 });
    assert.equal((await rowsOf(30)).folds, undefined);
    const off = await rowsOf(29, { crossValidation: false });
    assert.equal(off.folds, undefined);
    assert.ok(off.test > 0);
    const { notes } = await wholeEngine().estimate(requestOf(29, { crossValidation: false }));
    assert.ok(
      notes.some(note => note.includes('how the search does on other rows is then not known')),
    );
  });

  it('says before it what six searches cost, and stays within that', async () => {
    const asked = requestOf(20);
    const one = await wholeEngine().estimate(requestOf(20, { crossValidation: false }));
    const { calls, tokens, minutes, notes } = await wholeEngine().estimate(asked);
    assert.ok(calls.high > 3 * one.calls.high && minutes.high > 3 * one.minutes.high);
    for (const { low, likely, high } of [calls, tokens, minutes]) {
      assert.ok(low <= likely && likely <= high);
    }
    assert.ok(
      notes.some(note =>
        note.includes('done 6 times, once on all 20 rows and once for each of 5 folds'),
      ),
    );
    const { state } = await wholeRun(wholeEngine().optimize(asked));
    assert.equal(state.folds.length, 5);
    const { task, optimizer } = state.spending;
    const made = task.calls + optimizer.calls;
    assert.ok(calls.low <= made && made <= calls.high, `${made} of ${JSON.stringify(calls)}`);
  });

  it('never passes a budget, and judges every fold though its searches use up their parts', async () => {
    for (let calls = 66; calls <= 240; calls += 29) {
      const settings = { budget: { calls }, maxIterations: 20, patience: 20 };
      const { state } = await wholeRun(wholeEngine().optimize(requestOf(20, settings)));
      const { task, optimizer } = state.spending;
      assert.ok(task.calls + optimizer.calls <= calls, `${calls}`);
      assert.ok(state.claim, `${calls}: ${state.ended?.sentence ?? ''}`);
      assert.ok([0, 5].includes(state.folds.length));
    }
    await assert.rejects(
      wholeRun(wholeEngine().optimize(requestOf(20, { budget: { calls: 65 } }))),
      /too small to cross-validate the search.*Allow at least 66, or switch cross-validation off/,
    );
  });

  for (const budget of [{}, { calls: 400 }]) {
    it(`goes on in a fold where it was stopped, and pays nothing twice, with a budget of ${JSON.stringify(budget)}`, async () => {
      const settings = { budget, concurrency: 1 };
      const whole = await wholeRun(wholeEngine().optimize(requestOf(20, settings)));
      assert.equal(whole.state.folds.length, 5);
      const decisions = (events: readonly RunEvent[]) =>
        events.filter(({ type }) =>
          ['trial-end', 'fold-end', 'claim-end', 'run-end'].includes(type),
        );
      const paid = ({ task, optimizer }: typeof whole.state.spending): number =>
        task.calls + optimizer.calls;
      const starts = whole.events.flatMap(({ type }, at) => (type === 'fold-start' ? at : []));
      for (const stopAt of [(starts[1] ?? 0) + 9, (starts[3] ?? 0) + 30]) {
        const engine = wholeEngine({ files: memoryFiles() });
        let at = 0;
        for await (const _ of engine.optimize(requestOf(20, settings))) {
          // Nobody asks for the next event, as when a window is closed; kills are in test/process/crash.
          if ((at += 1) > stopAt) break;
        }
        const [run] = await engine.runs();
        assert.ok(run);
        const resumed = await wholeRun(engine.resume(run.runId));
        assert.deepEqual(decisions(resumed.events), decisions(whole.events));
        assert.equal(paid(resumed.state.spending), paid(whole.state.spending));
      }
    });
  }

  it('is told of in the report: the folds, what they found, and what that is worth', async () => {
    const { state } = await wholeRun(wholeEngine().optimize(requestOf(20)));
    const facts = { pathOf: String, milliseconds: 1, resumed: false };
    const { markdown, json } = runReport(state, facts);
    assert.match(markdown, /cross-validated over 5 folds \(20 rows, exploratory\)/);
    assert.match(markdown, /- Cross-validation: 5 folds; every row is held out once/);
    assert.match(markdown, /## Folds/);
    const { folds, verdict } = json as { folds: unknown[]; verdict: { folds: number } };
    assert.equal(folds.length, 5);
    assert.equal(verdict.folds, 5);
  });
});
