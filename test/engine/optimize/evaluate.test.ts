import assert from 'node:assert/strict';
import type { Executor } from '../../../src/engine/core/executor.ts';
import type { Rollout } from '../../../src/engine/core/rollout.ts';
import type { RunEvent } from '../../../src/engine/core/run.ts';
import type { Evaluation } from '../../../src/engine/core/trial.ts';
import { localPool } from '../../../src/engine/executors/localPool.ts';
import { metricNamed } from '../../../src/engine/metrics/registry.ts';
import { evaluate, type EvaluationPlan } from '../../../src/engine/optimize/evaluate.ts';
import { runRollout } from '../../../src/engine/optimize/runRollout.ts';
import { aHeader } from '../../support/builders.ts';
import { scriptedModel } from '../../support/scriptedModel.ts';
import { crates, half, sortCrate } from './sortingWorld.ts';

const header = aHeader(half, { concurrency: 4 }, { metrics: ['exact_match', 'macro_f1'] });
const plan: EvaluationPlan = {
  candidate: header.original,
  examples: crates(0, 20),
  split: 'validation',
  purpose: 'original',
};

async function run(
  known: ReadonlyMap<string, Rollout>,
  more: { plan?: Partial<EvaluationPlan>; executor?: Executor } = {},
) {
  const model = scriptedModel(sortCrate);
  const pool = localPool({
    concurrency: 4,
    perform: (job, signal) => runRollout(job, model, metricNamed, signal),
  });
  const events: RunEvent[] = [];
  const sockets = { executor: more.executor ?? pool, metricNamed };
  for await (const event of evaluate({ ...plan, ...more.plan }, header, known, sockets)) {
    events.push(event);
  }
  const ended = events.at(-1);
  assert.ok(ended?.type === 'evaluation-end');
  return { events, evaluation: ended.evaluation, asked: model.requests.length };
}

const byRow = (evaluation: Evaluation): Map<string, Rollout> =>
  new Map(evaluation.rollouts.map(rollout => [rollout.exampleId, rollout]));

describe('An evaluation', () => {
  it('reuses rows that were run before, and asks for the others only', async () => {
    const first = await run(new Map(), { plan: { examples: crates(0, 8) } });
    const second = await run(byRow(first.evaluation));
    assert.equal(second.asked, 12);
    assert.ok(second.events[0]?.type === 'evaluation-start' && second.events[0].rows === 12);
    assert.equal(second.events.filter(event => event.type === 'rollout-end').length, 12);
    assert.equal(second.evaluation.rollouts.length, 20);
    assert.equal(second.evaluation.scorecard['exact_match']?.count, 20);
  });

  it('comes to the same result whether rows were reused or not', async () => {
    const first = await run(new Map(), { plan: { examples: crates(0, 8) } });
    const reused = await run(byRow(first.evaluation));
    const fresh = await run(new Map());
    assert.deepEqual(reused.evaluation, fresh.evaluation);
  });

  it('leaves out known rows that the plan does not name', async () => {
    const all = await run(new Map());
    const some = await run(byRow(all.evaluation), { plan: { examples: crates(4, 8) } });
    assert.equal(some.evaluation.rollouts.length, 4);
    assert.equal(some.asked, 0);
  });

  it('holds every metric, and in the middle of a search the primary one', async () => {
    const original = await run(new Map());
    assert.deepEqual(Object.keys(original.evaluation.scorecard), ['exact_match', 'macro_f1']);
    const between = await run(new Map(), { plan: { purpose: 'minibatch' } });
    assert.deepEqual(Object.keys(between.evaluation.scorecard), ['exact_match']);
  });

  it('says so where an executor gives up without a word', async () => {
    const lazy: Executor = { run: async function* () {} };
    await assert.rejects(run(new Map(), { executor: lazy }), /ended with 20 rows not run/);
  });
});
