import assert from 'node:assert/strict';
import { BudgetError, ProviderError } from '../../../src/engine/core/errors.ts';
import type { ModelRequest } from '../../../src/engine/core/languageModel.ts';
import { localPool } from '../../../src/engine/executors/localPool.ts';
import { metricNamed } from '../../../src/engine/metrics/registry.ts';
import { evaluateRun } from '../../../src/engine/optimize/evaluateRun.ts';
import { runRollout } from '../../../src/engine/optimize/runRollout.ts';
import { aHeader, collect } from '../../support/builders.ts';
import { scriptedModel, type Reply } from '../../support/scriptedModel.ts';
import { crateOf, crates, half, sortCrate } from './sortingWorld.ts';

function evaluation(
  task: (request: ModelRequest, call: number) => Reply = sortCrate,
  { rows = 40, signal }: { rows?: number; signal?: AbortSignal } = {},
) {
  const model = scriptedModel(task);
  const executor = localPool({
    concurrency: 4,
    perform: (job, stop) => runRollout(job, model, metricNamed, stop),
  });
  const header = aHeader(half, {}, { kind: 'evaluate', metrics: ['exact_match', 'macro_f1'] });
  return collect(
    evaluateRun({ header, examples: crates(0, rows) }, { executor, metricNamed }, signal),
  );
}

describe('An evaluation run', () => {
  it('scores every metric over all rows', async () => {
    const { events, state } = await evaluation();
    const [measured] = state.evaluations;
    assert.equal(measured?.split, 'all');
    assert.equal(measured.purpose, 'evaluate');
    assert.equal(measured.scorecard['exact_match']?.value, 0.5);
    assert.equal(measured.scorecard['macro_f1']?.count, 40);
    assert.equal(state.ended?.reason, 'done');
    assert.equal(state.ended.sentence, 'Finished: 40 rows run.');
    assert.equal(events[0]?.type, 'run-start');
    assert.equal(events.at(-1)?.type, 'run-end');
  });

  it('lists the rows in the order of the file, whichever came first', async () => {
    const { state } = await evaluation();
    assert.deepEqual(
      state.evaluations[0]?.rollouts.map(rollout => rollout.exampleId),
      crates(0, 40).map(row => row.id),
    );
  });

  it('says how many rows have no score, and does not count them as wrong', async () => {
    const late = new ProviderError('timeout', 'No answer.', { scope: 'row' });
    const { state } = await evaluation(request =>
      crateOf(request) < 4 ? late : sortCrate(request),
    );
    assert.equal(state.evaluations[0]?.scorecard['exact_match']?.value, 0.5);
    assert.equal(state.evaluations[0].scorecard['exact_match'].count, 36);
    assert.equal(state.ended?.sentence, 'Finished: 40 rows run, 4 of them without a score.');
  });

  it('has failed, with the reason, where most rows got no answer', async () => {
    const late = new ProviderError('timeout', 'No answer in 60 s.', { scope: 'row' });
    const { state } = await evaluation(() => late);
    assert.equal(state.ended?.reason, 'failed');
    assert.equal(state.ended.sentence, 'Stopped: 40 of 40 rows got no answer. No answer in 60 s.');
    assert.deepEqual(state.evaluations[0]?.scorecard, {});
  });

  it('ends with the scores so far where the budget is used up', async () => {
    const spent = new BudgetError('calls', 'The budget of 10 calls is used up.');
    const { state } = await evaluation((request, call) => (call < 10 ? sortCrate(request) : spent));
    assert.equal(state.ended?.reason, 'budget');
    assert.equal(state.evaluations[0]?.outcomes.ok, 10);
    assert.equal(state.evaluations[0].outcomes['not-run'], 30);
    assert.equal(state.evaluations[0].scorecard['exact_match']?.count, 10);
  });

  it('ends with the scores so far where it is cancelled', async () => {
    const controller = new AbortController();
    const { state } = await evaluation(
      (request, call) => {
        if (call === 7) controller.abort();
        return sortCrate(request);
      },
      { signal: controller.signal },
    );
    assert.equal(state.ended?.reason, 'cancelled');
    assert.equal(state.evaluations[0]?.outcomes.ok, 8);
  });

  it('ends in a sentence where there is no row', async () => {
    const { state } = await evaluation(sortCrate, { rows: 0 });
    assert.equal(state.ended?.reason, 'done');
    assert.equal(state.ended.sentence, 'Finished: 0 rows run.');
  });
});
