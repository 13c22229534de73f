import assert from 'node:assert/strict';
import { BudgetError, ProviderError } from '../../../src/engine/core/errors.ts';
import type { ModelRequest } from '../../../src/engine/core/languageModel.ts';
import { collect } from '../../support/builders.ts';
import { textOf } from '../../support/scriptedModel.ts';
import {
  crateOf,
  crates,
  half,
  perfect,
  proposalOf,
  seed,
  sortCrate,
  sortingRun,
} from './sortingWorld.ts';

const gone = new ProviderError('unreachable', 'The server is not there.', { scope: 'run' });
const tooLate = new ProviderError('timeout', 'No answer came in time.', {
  scope: 'row',
  possiblyPaid: 2,
});
const spent = new BudgetError('calls', 'The budget of 100 calls is used up.');
const isTestRow = (request: ModelRequest): boolean => crateOf(request) >= 70;

describe('A run ends', () => {
  it('at the target, on all validation rows', async () => {
    const { state } = await collect(
      sortingRun({ settings: { targetThreshold: 0.7 }, proposals: [half, perfect] }).events,
    );
    assert.equal(state.ended?.reason, 'target');
    assert.equal(
      state.ended.sentence,
      'Target reached: 100 % on 30 validation rows, asked for 70 %.',
    );
  });

  it('not at the target on five rows, which luck can do', async () => {
    const { state } = await collect(
      sortingRun({ validation: crates(40, 45), settings: { targetThreshold: 0.2, patience: 1 } })
        .events,
    );
    assert.notEqual(state.ended?.reason, 'target');
  });

  it('before any proposal where the original is at the target', async () => {
    const run = sortingRun({ original: perfect });
    const { state } = await collect(run.events);
    assert.equal(state.ended?.reason, 'target');
    assert.equal(run.optimizer.requests.length, 0);
    assert.equal(state.claim?.verdict, 'unchanged');
  });

  it('when patience is used up', async () => {
    const { state } = await collect(
      sortingRun({
        optimizer: (_, call) => proposalOf(`${seed}\nTry ${call}.`),
        settings: { patience: 4 },
      }).events,
    );
    assert.equal(state.ended?.reason, 'patience');
    assert.equal(state.trials.length, 4);
    assert.match(state.ended.sentence, /4 trials in a row without a better prompt/);
  });

  it('after max_iterations trials', async () => {
    const { state } = await collect(sortingRun({ settings: { maxIterations: 2 } }).events);
    assert.equal(state.ended?.reason, 'max-iterations');
    assert.equal(state.trials.length, 2);
  });

  it('when no train row fails any more', async () => {
    const { state } = await collect(
      sortingRun({
        train: crates(0, 40).filter(row => row.inputs['text']?.includes('apple')),
      }).events,
    );
    assert.equal(state.ended?.reason, 'no-failures');
    assert.equal(
      state.ended.sentence,
      'Nothing left to learn from: the prompt is right on all 10 train rows.',
    );
    assert.equal(state.trials.length, 0);
  });

  it('does not call rows right that got no answer', async () => {
    const { state } = await collect(
      sortingRun({
        train: crates(0, 40).filter(row => row.inputs['text']?.includes('apple')),
        task: request => (crateOf(request) % 20 === 4 ? tooLate : sortCrate(request)),
      }).events,
    );
    assert.equal(
      state.ended?.sentence,
      'Nothing left to learn from: the prompt is right on all 8 train rows that could be scored.',
    );
  });

  it('with a sentence, and nothing paid, when there is nothing to learn from', async () => {
    const run = sortingRun({ train: [], validation: [], test: crates(0, 1) });
    const { state } = await collect(run.events);
    assert.equal(state.ended?.reason, 'failed');
    assert.match(state.ended.sentence, /too small to search with: 0 rows to learn from/);
    assert.equal(run.task.requests.length, 0);
  });

  it('out of budget in the search, and still claims with what was kept aside', async () => {
    let released = false;
    const run = sortingRun({
      task: (request, call) => (call >= 100 && !released ? spent : sortCrate(request)),
      sockets: { releaseClaimReserve: () => (released = true) },
      settings: { targetThreshold: 1, concurrency: 1 },
    });
    const { state } = await collect(run.events);
    assert.equal(state.ended?.reason, 'budget');
    assert.match(state.ended.sentence, /budget of 100 calls is used up/);
    assert.equal(state.ended.errorCode, 'budget');
    assert.equal(state.claim?.verdict, 'better');
    assert.notEqual(state.ended.bestId, state.header?.original.id);
  });

  it('out of budget for the test rows too, and still names the best prompt', async () => {
    const run = sortingRun({ task: request => (isTestRow(request) ? spent : sortCrate(request)) });
    const { state } = await collect(run.events);
    assert.equal(state.ended?.reason, 'budget');
    assert.match(state.ended.sentence, /The test rows could not be run: .*used up/);
    assert.equal(state.candidates[state.ended.bestId]?.prompt.system, perfect);
    assert.equal(state.claim, undefined);
  });

  it('out of budget at the optimizer model', async () => {
    const { state } = await collect(sortingRun({ optimizer: () => spent }).events);
    assert.equal(state.ended?.reason, 'budget');
    assert.equal(state.claim?.verdict, 'unchanged');
  });

  it('when the provider of the task model is gone, with the error code, and without a claim', async () => {
    const run = sortingRun({ task: (request, call) => (call > 120 ? gone : sortCrate(request)) });
    const { events, state } = await collect(run.events);
    assert.equal(state.ended?.reason, 'failed');
    assert.equal(state.ended.errorCode, 'provider/unreachable');
    assert.equal(state.ended.sentence, 'Stopped: The server is not there.');
    assert.ok(!events.some(event => event.type === 'claim-end'));
    assert.notEqual(state.ended.bestId, state.header?.original.id);
  });

  it('when the provider of the optimizer model is gone', async () => {
    const { state } = await collect(sortingRun({ optimizer: () => gone }).events);
    assert.equal(state.ended?.errorCode, 'provider/unreachable');
  });

  it('when more than half of the rows got no answer, and says how many', async () => {
    const run = sortingRun({
      task: request => (crateOf(request) % 4 === 0 ? sortCrate(request) : tooLate),
    });
    const { state } = await collect(run.events);
    assert.equal(state.ended?.reason, 'failed');
    assert.match(
      state.ended.sentence,
      /^Stopped: \d+ of 20 rows got no answer\. No answer came in time\.$/,
    );
    assert.equal(run.optimizer.requests.length, 0);
  });

  it('goes on where a few rows got no answer, and never counts them as wrong', async () => {
    const run = sortingRun({
      original: perfect,
      settings: { targetThreshold: 1 },
      task: request => (crateOf(request) % 10 === 3 ? tooLate : sortCrate(request)),
    });
    const { state } = await collect(run.events);
    const validation = state.evaluations.find(each => each.split === 'validation');
    assert.deepEqual(
      { value: validation?.scorecard['exact_match']?.value, ...validation?.outcomes },
      { value: 1, ok: 27, failed: 3, refused: 0, cut: 0, unscored: 0, 'not-run': 0 },
    );
    assert.equal(state.ended?.reason, 'target');
    assert.equal(state.spending.task.possiblyPaid, state.outcomes.failed * 2);
    assert.match(state.claim?.sentence ?? '', /3 rows could not be measured/);
  });

  it('skips a trial whose proposal failed for a reason of its own', async () => {
    const refused = new ProviderError('refused', 'The provider declined.', { scope: 'row' });
    const { state } = await collect(
      sortingRun({ optimizer: () => refused, settings: { patience: 2 } }).events,
    );
    assert.equal(state.ended?.reason, 'patience');
    assert.ok(state.trials[0]?.status === 'skipped');
    assert.equal(state.trials[0].why, 'The provider declined.');
  });

  it('with the original as best where the winner is worse on unseen rows', async () => {
    const overfit = `${perfect}\nCrates are old.`;
    const run = sortingRun({
      proposals: [overfit],
      settings: { maxIterations: 1 },
      task: request =>
        isTestRow(request) && textOf(request).includes('Crates are old')
          ? 'wrong'
          : sortCrate(request),
    });
    const { state } = await collect(run.events);
    assert.equal(state.claim?.verdict, 'worse');
    assert.equal(state.ended?.bestId, state.header?.original.id);
    assert.match(state.ended?.sentence ?? '', /worse on unseen rows, so the original stays/);
  });

  it('without a claim, and says so, where there are no test rows', async () => {
    const { state } = await collect(sortingRun({ test: [] }).events);
    assert.equal(state.claim, undefined);
    assert.match(state.ended?.sentence ?? '', /There are no test rows/);
  });
});
