import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { parsePromptFile, totalTokens, type OptimizeRequest } from '../../src/engine/index.ts';
import { memoryFiles } from '../../src/engine/store/memoryFiles.ts';
import { examplesFolder, wholeEngine, wholeRun } from '../support/wholeEngine.ts';

const request: OptimizeRequest = {
  promptName: 'triage',
  prompt: parsePromptFile(readFileSync(join(examplesFolder, 'prompt.md'), 'utf8')),
  dataset: 'tickets.csv',
  metrics: ['accuracy', 'macro_f1'],
  settings: { maxIterations: 4 },
};

describe('the engine', () => {
  it('spends what the estimate said, in calls and in tokens', async () => {
    const engine = wholeEngine();
    const { calls, tokens, usd, rows } = await engine.estimate(request);
    const { state } = await wholeRun(engine.optimize(request));
    const { task, optimizer } = state.spending;
    const spentCalls = task.calls + optimizer.calls;
    const spentTokens = totalTokens(task) + totalTokens(optimizer);
    assert.ok(calls.low <= spentCalls && spentCalls <= calls.high, `${spentCalls} calls`);
    assert.ok(tokens.low <= spentTokens && spentTokens <= tokens.high, `${spentTokens} tokens`);
    assert.deepEqual(usd, { low: 0, likely: 0, high: 0 });
    assert.deepEqual(rows, state.header?.rows);
  });

  it('splits the rows by the shares that were asked for, and keeps them for going on', async () => {
    const engine = wholeEngine();
    const shares = { train: 0.2, validation: 0.2, test: 0.6 };
    const asked = { ...request, settings: { maxIterations: 1, shares } };
    const { rows } = await engine.estimate(asked);
    assert.ok(rows.test > rows.train + rows.validation, JSON.stringify(rows));
    const { state } = await wholeRun(engine.optimize(asked));
    assert.deepEqual(state.header?.rows, rows);
    assert.deepEqual(state.header.settings.shares, shares);
    const again = await wholeRun(engine.resume(state.header.runId));
    assert.deepEqual(again.state.header?.rows, rows);
    const wrong = { ...asked, settings: { shares: { ...shares, test: 0.7 } } };
    await assert.rejects(engine.estimate(wrong), /20\/20\/70, but .* add up to 100/);
  });

  it('estimates an evaluation to the call', async () => {
    const engine = wholeEngine();
    const { calls } = await engine.estimate(request, 'evaluate');
    const { state } = await wholeRun(engine.evaluate(request));
    const made = state.spending.task.calls;
    assert.deepEqual(calls, { low: made, likely: made, high: made });
  });

  it('runs only the rows that were asked for, and keeps no measurement of a part', async () => {
    const engine = wholeEngine();
    const { examples } = await engine.rows(request);
    const only = examples.slice(3, 6).map(({ id }) => id);
    const part = { ...request, only };
    assert.equal((await engine.estimate(part, 'evaluate')).calls.high, 3);
    const { state } = await wholeRun(engine.evaluate(part));
    assert.deepEqual(
      state.evaluations[0]?.rollouts.map(({ exampleId }) => exampleId),
      only,
    );
    assert.deepEqual(await engine.history.measurements({ promptName: 'triage', number: 1 }), []);
    await assert.rejects(engine.rows({ ...request, only: ['gone'] }), /none of the chosen rows/);
  });

  it('saves the original and the winner, both measured on the same test rows', async () => {
    const engine = wholeEngine();
    const { state } = await wholeRun(engine.optimize(request));
    assert.equal(state.claim?.verdict, 'better');
    const winner = await engine.keep(state.header?.runId ?? '', state.claim.bestId, 'first run');
    assert.deepEqual(
      (await engine.history.list('triage')).map(each => [each.number, each.origin]),
      [
        [1, 'typed'],
        [2, 'optimized'],
      ],
    );
    const { rows } = await engine.compare({
      left: { promptName: 'triage', number: 1 },
      right: { promptName: 'triage', number: winner.number },
    });
    const accuracy = rows.find(row => row.metric === 'accuracy');
    assert.equal(accuracy?.split, 'test');
    assert.deepEqual(accuracy.difference?.value, state.claim.difference.value);
    const [measured] = await engine.history.measurements(winner);
    const perRow = (measured?.usage?.inputTokens ?? 0) / (measured?.usage?.calls ?? 1);
    assert.equal(measured?.usage?.calls, measured?.outcomes.ok);
    assert.ok(perRow > 10, 'what a call of this prompt used stands beside its score');
    assert.equal(measured?.usage?.usd, 0, 'the simulation is free');
  });

  it('answers the saved version when a candidate is kept twice', async () => {
    const engine = wholeEngine();
    const { state } = await wholeRun(engine.optimize(request));
    const keep = () => engine.keep(state.header?.runId ?? '', state.claim?.bestId ?? '');
    assert.equal((await keep()).number, (await keep()).number);
  });

  it('resumes a cancelled run to the result of a run that was not cancelled', async () => {
    const whole = await wholeRun(wholeEngine().optimize(request));
    const files = memoryFiles();
    const controller = new AbortController();
    const started = wholeEngine({ files });
    let seen = 0;
    for await (const event of started.optimize(request, controller.signal)) {
      if (event.type === 'rollout-end' && (seen += 1) === 150) controller.abort();
    }
    const engine = wholeEngine({ files });
    const [summary] = await engine.runs();
    assert.equal(summary?.status, 'interrupted');
    const resumed = await wholeRun(engine.resume(summary.runId));
    assert.deepEqual(resumed.state.claim, whole.state.claim);
    assert.deepEqual(resumed.state.spending, whole.state.spending);
    assert.equal((await engine.runs())[0]?.status, 'ended');
    assert.equal((await engine.history.list('triage')).length, 1);
  });

  it('evaluates every row of a large file, and says how many rows a search leaves out', async () => {
    const engine = wholeEngine();
    const dataset = join(mkdtempSync(join(tmpdir(), 'engine-')), 'rows.csv');
    const lines = Array.from({ length: 5_200 }, (_, at) => `ticket number ${at},billing`);
    writeFileSync(dataset, ['ticket,label', ...lines].join('\n'));
    const evaluation = await engine.estimate({ ...request, dataset }, 'evaluate');
    assert.equal(evaluation.rows.test, 5_200);
    assert.doesNotMatch(evaluation.notes.join('\n'), /rows are looked at/);
    const search = await engine.estimate({ ...request, dataset });
    const drawn = search.rows.train + search.rows.validation + search.rows.test;
    assert.ok(drawn < 5_200);
    assert.ok(
      search.notes.some(note => note.includes(`${drawn} of its 5200 usable rows are looked at`)),
      search.notes.join('\n'),
    );
  });

  it('refuses a budget that could not even judge the result, before anything is sent', async () => {
    const tight = { ...request, settings: { budget: { calls: 20 } } };
    await assert.rejects(
      wholeRun(wholeEngine().optimize(tight)),
      /budget of 20 calls is too small/,
    );
  });

  it('never passes a budget of calls, and still judges the result', async () => {
    const budget = { calls: 420 };
    const { state } = await wholeRun(
      wholeEngine().optimize({ ...request, settings: { budget, targetThreshold: 1 } }),
    );
    assert.equal(state.ended?.reason, 'budget');
    assert.ok(state.claim);
    assert.ok(state.spending.task.calls + state.spending.optimizer.calls <= budget.calls);
  });

  it('names the setting that is out of range', async () => {
    const wrong = { ...request, settings: { patience: 0 } };
    await assert.rejects(wholeRun(wholeEngine().optimize(wrong)), /patience is 0, but it must be/);
  });

  it('refuses an empty prompt, an unknown metric and a run of no metric', async () => {
    const engine = wholeEngine();
    const refused = (change: Partial<OptimizeRequest>, why: RegExp) =>
      assert.rejects(wholeRun(engine.optimize({ ...request, ...change })), why);
    await refused({ prompt: { system: ' ', output: '' } }, /is empty/);
    await refused({ metrics: ['acuracy'] }, /accuracy/);
    await refused({ metrics: [] }, /No metric was named/);
    await refused({ taskModel: 'nobody:x' }, /no provider "nobody"/);
  });

  it('counts rows that cannot be used beyond those that are listed, and warns of leaks', async () => {
    const engine = wholeEngine();
    const row = (at: number) => `a parcel that I ordered in week ${at} has not come yet,shipping`;
    const good = Array.from({ length: 60 }, (_, at) => row(at));
    const bad = Array.from({ length: 1_200 }, () => 'only one cell');
    const dataset = join(mkdtempSync(join(tmpdir(), 'engine-')), 'rows.csv');
    writeFileSync(dataset, ['ticket,label', ...good, ...bad].join('\n'));
    const estimate = await engine.estimate({ ...request, dataset });
    assert.equal(estimate.unusableRows, 1_200);
    assert.equal(estimate.problems[0]?.line, 62);
    assert.match(estimate.warnings.map(({ message }) => message).join('\n'), /another split/);
    const { state } = await wholeRun(engine.evaluate({ ...request, dataset }));
    assert.equal(state.header?.unusableRows, 1_200);
    assert.ok(state.header.warnings);
  });

  it('refuses to export a run whose rows are not in the dataset any more', async () => {
    const engine = wholeEngine();
    const dataset = join(mkdtempSync(join(tmpdir(), 'engine-')), 'rows.csv');
    writeFileSync(dataset, 'ticket,label\nwhere is it,shipping\nthe bill is wrong,billing\n');
    const { state } = await wholeRun(engine.evaluate({ ...request, dataset }));
    const runId = state.header?.runId ?? '';
    const rows = async () =>
      (JSON.parse(await engine.exportRun({ runId, format: 'json' })) as unknown[]).length;
    assert.equal(await rows(), 2);
    await engine.addRow(dataset, { ticket: 'a third', label: 'billing' });
    assert.equal(await rows(), 2);
    writeFileSync(dataset, 'ticket,label\nwhere is it,shipping\n');
    await assert.rejects(
      engine.exportRun({ runId, format: 'csv' }),
      /1 of its 2 rows are not there/,
    );
  });

  it('refuses a split column that leaves nothing to learn from or to choose by', async () => {
    const engine = wholeEngine();
    const folder = mkdtempSync(join(tmpdir(), 'engine-'));
    const table = (name: string, splits: readonly string[]): string => {
      const rows = splits.map((split, at) => `ticket number ${at},billing,${split}`);
      writeFileSync(join(folder, name), ['ticket,label,split', ...rows].join('\n'));
      return join(folder, name);
    };
    const asked = (dataset: string, split?: string): OptimizeRequest => ({
      ...request,
      dataset,
      mapping: { expected: 'label', ...(split === undefined ? {} : { split }) },
    });
    const noTrain = table(
      'one.csv',
      Array.from({ length: 20 }, (_, at) => (at % 2 ? 'test' : 'dev')),
    );
    await assert.rejects(
      wholeRun(engine.optimize(asked(noTrain, 'split'))),
      /one\.csv has no rows for train: its column "split" names none for it\. Give some rows/,
    );
    const testOnly = table(
      'two.csv',
      Array.from({ length: 20 }, () => 'test'),
    );
    await assert.rejects(
      engine.estimate(asked(testOnly, 'split')),
      /no rows for train and validation/,
    );
    assert.deepEqual(await engine.runs(), []);
    const same = join(folder, 'same.csv');
    writeFileSync(same, `ticket,label\n${'the same,billing\n'.repeat(20)}`);
    await assert.rejects(engine.estimate(asked(same)), /too much alike to be split/);
  });

  it('refuses to compare a version with itself', async () => {
    const same = { promptName: 'triage', number: 1 };
    await assert.rejects(wholeEngine().compare({ left: same, right: same }), /choose two versions/);
  });
});
