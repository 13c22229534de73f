import assert from 'node:assert/strict';
import { ProviderError } from '../../../src/engine/core/errors.ts';
import { flakyRows, repeatsOf } from '../../../src/engine/core/repeats.ts';
import type { RolloutJob } from '../../../src/engine/core/rollout.ts';
import { metricNamed } from '../../../src/engine/metrics/registry.ts';
import { runRollout } from '../../../src/engine/optimize/runRollout.ts';
import { requestKey } from '../../../src/engine/providers/record.ts';
import { aCandidate, anExample, collect } from '../../support/builders.ts';
import { scriptedModel, type Reply } from '../../support/scriptedModel.ts';
import { crateOf, perfect, proposalOf, sortCrate, sortingRun } from './sortingWorld.ts';

const job = (repeats: number, metrics = ['exact_match']): RolloutJob => ({
  id: 'c/r',
  candidate: aCandidate('Say the shed.'),
  example: anExample(1, 'apple', 'north'),
  split: 'test',
  taskModel: 'scripted:task',
  metrics,
  repeats,
});

const asked = async (replies: readonly Reply[], metrics?: string[]) => {
  const model = scriptedModel(replies);
  const rollout = await runRollout(job(replies.length, metrics), model, metricNamed);
  return { rollout, model };
};

const lost = new ProviderError('timeout', 'No answer in time.', { scope: 'row', possiblyPaid: 1 });

describe('A row that is asked several times', () => {
  it('is scored by the mean of its answers, and each of them is another request', async () => {
    const { rollout, model } = await asked(['north', 'south', 'north', 'north']);
    assert.equal(rollout.scores['exact_match']?.value, 0.75);
    assert.equal(rollout.output, 'north');
    assert.deepEqual(
      rollout.repeats?.map(({ value }) => value),
      [1, 0, 1, 1],
    );
    assert.equal(rollout.usage.calls, 4);
    const keys = new Set(model.requests.map(request => requestKey(model, request)));
    assert.equal(keys.size, 4, 'the record and the cache tell the answers apart');
    const once = scriptedModel(['north']);
    await runRollout({ ...job(1) }, once, metricNamed);
    assert.ok(keys.has(requestKey(once, once.requests[0] ?? { role: 'task', messages: [] })));
  });

  it('is flaky where its answers are right one time and wrong another', async () => {
    assert.equal((await asked(['north', 'south'])).rollout.flaky, true);
    assert.equal((await asked(['south', 'south'])).rollout.flaky, undefined);
    const near = await asked(
      ['north shed of the old big farm', 'north shed of the old big house'],
      ['token_f1'],
    );
    assert.equal(near.rollout.flaky, undefined, 'graded answers that are close do not flip');
  });

  it('is scored by the answers that came, counts the others, and takes none for wrong', async () => {
    const { rollout } = await asked(['north', lost, 'north']);
    assert.equal(rollout.outcome, 'ok');
    assert.equal(rollout.scores['exact_match']?.value, 1);
    assert.deepEqual(
      rollout.repeats?.map(({ outcome }) => outcome),
      ['ok', 'failed', 'ok'],
    );
    assert.equal(rollout.flaky, undefined);
    assert.equal(rollout.usage.calls, 2);
    assert.equal(rollout.usage.possiblyPaid, 1);
    assert.notEqual(rollout.usage.usd, undefined, 'a lost answer makes no price unknown');
    const none = (await asked([lost, lost])).rollout;
    assert.equal(none.outcome, 'failed');
    assert.deepEqual(none.scores, {});
  });

  it('stands with the answer that is given most often where a label has no mean', async () => {
    const { rollout } = await asked(['south', 'north', 'north'], ['macro_f1']);
    assert.equal(rollout.scores['macro_f1']?.value, 1);
    assert.equal(rollout.flaky, true);
  });

  it('counts once in every figure: means of counts go into a corpus value', async () => {
    const { rollout } = await asked(['north', 'south'], ['wer']);
    assert.deepEqual(rollout.scores['wer']?.statistic, { edits: 0.5, length: 1 });
    assert.deepEqual(flakyRows([rollout], [rollout]), { rows: 1, of: 1 });
    const { repeats: _, ...once } = rollout;
    assert.equal(flakyRows([once]), undefined);
  });
});

describe('How often rows are asked', () => {
  it('is once, and in the last look as the size says where a temperature is set', () => {
    assert.deepEqual(repeatsOf({}, 20), { search: 1, final: 1 });
    assert.deepEqual(repeatsOf({ temperature: 0 }, 20), { search: 1, final: 1 });
    assert.deepEqual(repeatsOf({ temperature: 0.7 }, 20), { search: 1, final: 3 });
    assert.deepEqual(repeatsOf({ temperature: 0.7 }, 200), { search: 1, final: 2 });
    assert.deepEqual(repeatsOf({ temperature: 0.7 }, 5000), { search: 1, final: 1 });
    assert.deepEqual(repeatsOf({ repeats: 4, temperature: 0 }, 5000), { search: 4, final: 4 });
  });

  it('shows in the claim: rows are its unit, and it says how many flip', async () => {
    // Every fifth crate is answered at random, anew each time.
    const { events, task } = sortingRun({
      optimizer: () => proposalOf(perfect),
      header: { repeats: { search: 1, final: 3 } },
      task: request =>
        crateOf(request) % 5 === 0 && (request.sample ?? 0) > 0 ? 'unknown' : sortCrate(request),
    });
    const { state } = await collect(events);
    assert.ok(state.claim);
    assert.equal(state.claim.difference.count, 30);
    assert.deepEqual(state.claim.flaky, { rows: 6, of: 30 });
    assert.match(state.claim.sentence, /6 of 30 rows flip when asked again\./);
    const judged = task.requests.filter(request => crateOf(request) >= 70);
    assert.equal(judged.length, 2 * 30 * 3);
    const searched = task.requests.filter(request => crateOf(request) < 70);
    assert.ok(searched.every(request => request.sample === undefined));
  });

  it('comes to the same one row at a time and eight', async () => {
    const decided = async (concurrency: number): Promise<unknown[]> => {
      const { events } = await collect(
        sortingRun({
          settings: { concurrency, repeats: 2 },
          header: { repeats: { search: 2, final: 2 } },
          task: request =>
            crateOf(request) % 3 === 0 && request.sample === 1 ? 'unknown' : sortCrate(request),
        }).events,
      );
      return events.filter(({ type }) => type !== 'rollout-end' && type !== 'run-start');
    };
    assert.deepEqual(await decided(8), await decided(1));
  });
});
