import assert from 'node:assert/strict';
import { CancelledError } from '../../../src/engine/core/errors.ts';
import type { Executor } from '../../../src/engine/core/executor.ts';
import type { Rollout } from '../../../src/engine/core/rollout.ts';
import type { RunEvent } from '../../../src/engine/core/run.ts';
import type { Evaluation } from '../../../src/engine/core/trial.ts';
import { localPool } from '../../../src/engine/executors/localPool.ts';
import { metricNamed } from '../../../src/engine/metrics/registry.ts';
import {
  evaluate,
  evaluateTogether,
  type EvaluationPlan,
} from '../../../src/engine/optimize/evaluate.ts';
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

describe('Evaluations that are run together', () => {
  const child = { ...header.original, id: 'child' };
  const plans = [
    { plan: { ...plan, examples: crates(0, 2) }, known: new Map<string, Rollout>() },
    { plan: { ...plan, candidate: child, examples: crates(0, 3) }, known: new Map() },
  ];

  async function runBoth(perform: (call: number) => void, signal?: AbortSignal) {
    const model = scriptedModel((request, call) => {
      perform(call);
      return sortCrate(request);
    });
    let inFlight = 0;
    let most = 0;
    const executor = localPool({
      concurrency: 4,
      perform: async (job, cancelled) => {
        inFlight += 1;
        most = Math.max(most, inFlight);
        const rollout = await runRollout(job, model, metricNamed, cancelled);
        inFlight -= 1;
        return rollout;
      },
    });
    const events: RunEvent[] = [];
    let error: unknown;
    try {
      const sockets = { executor, metricNamed };
      for await (const event of evaluateTogether(plans, header, sockets, signal)) {
        events.push(event);
      }
    } catch (thrown) {
      error = thrown;
    }
    return { events, most, error };
  }

  it('ask for the rows of both at once, and tell of one after the other', async () => {
    const { events, most } = await runBoth(() => {});
    assert.equal(most, 4);
    assert.deepEqual(
      events.map(event => (event.type === 'rollout-end' ? event.rollout.candidateId : event.type)),
      [
        'evaluation-start',
        header.original.id,
        header.original.id,
        'evaluation-end',
        'evaluation-start',
        'child',
        'child',
        'child',
        'evaluation-end',
      ],
    );
  });

  it('both end where they are cancelled, with every answer that arrived', async () => {
    const controller = new AbortController();
    const { events, error } = await runBoth(call => {
      if (call === 4) controller.abort();
    }, controller.signal);
    assert.ok(error instanceof CancelledError);
    const ended = events.flatMap(event =>
      event.type === 'evaluation-end' ? [event.evaluation.outcomes] : [],
    );
    const answers = events.filter(event => event.type === 'rollout-end').length;
    assert.equal(ended.length, 2);
    assert.equal(answers + ended.reduce((sum, each) => sum + each['not-run'], 0), 5);
    assert.ok(answers >= 3, String(answers));
  });

  it('both end where the program fails, before the fault is thrown', async () => {
    const { events, error } = await runBoth(call => {
      if (call === 2) throw new TypeError('oops');
    });
    assert.match(String(error), /oops/);
    assert.equal(events.filter(event => event.type === 'evaluation-end').length, 2);
  });
});
