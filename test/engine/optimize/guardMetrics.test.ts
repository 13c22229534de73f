import assert from 'node:assert/strict';
import { RequestError } from '../../../src/engine/core/errors.ts';
import type { ModelRequest } from '../../../src/engine/core/languageModel.ts';
import type { GuardMetric } from '../../../src/engine/core/metric.ts';
import { guardsIn, measuredMetrics } from '../../../src/engine/guards.ts';
import { metricNamed } from '../../../src/engine/metrics/registry.ts';
import { textOf } from '../../support/scriptedModel.ts';
import { collect } from '../../support/builders.ts';
import { crateOf, perfect, sortCrate, sortingRun } from './sortingWorld.ts';

const polite = `${perfect}\nAnswer in a whole sentence.`;

/** Says the shed in a sentence where the prompt asks for one, and nothing but the shed elsewhere. */
function answer(request: ModelRequest): string {
  const shed = sortCrate(request);
  return textOf(request).includes('whole sentence') ? `It goes to the ${shed}.` : shed;
}

/** A search by `contains` whose one proposal is right everywhere, and wordy. */
function guardedRun(guards: readonly GuardMetric[], task = answer) {
  return sortingRun({
    proposals: [polite],
    metrics: ['contains', 'exact_match'],
    guards,
    settings: { maxIterations: 1, strategy: 'reflect' },
    task,
  });
}

describe('A metric that must not get worse, in a search', () => {
  it('refuses the candidate that makes it worse, and says so with the figures', async () => {
    const { state } = await collect(guardedRun([{ metric: 'exact_match', tolerance: 0 }]).events);
    const [trial] = state.trials;
    assert.ok(trial?.status === 'decided');
    assert.equal(trial.accepted, false);
    assert.match(
      trial.reason,
      /^Not kept: The guard exact_match got worse: −2[\d.]+ points \[−[\d.]+, −[\d.]+\] on 30 rows; no loss is allowed\.$/,
    );
    assert.equal(state.ended?.bestId, state.header?.original.id);
  });

  it('lets it pass without a guard, or within the tolerance', async () => {
    for (const guards of [[], [{ metric: 'exact_match', tolerance: 0.9 }]]) {
      const { state } = await collect(guardedRun(guards).events);
      assert.ok(state.trials[0]?.status === 'decided' && state.trials[0].accepted);
      assert.equal(state.claim?.verdict, 'better');
      assert.deepEqual(
        state.claim.guards?.map(({ metric, verdict }) => [metric, verdict]),
        guards.length === 0 ? undefined : [['exact_match', 'held']],
      );
    }
  });

  it('does not return a winner that shows its loss on the test rows only', async () => {
    const onTestRowsOnly = (request: ModelRequest): string =>
      crateOf(request) < 70 ? sortCrate(request) : answer(request);
    const { state } = await collect(
      guardedRun([{ metric: 'exact_match', tolerance: 0.05 }], onTestRowsOnly).events,
    );
    assert.ok(state.trials[0]?.status === 'decided' && state.trials[0].accepted);
    assert.equal(state.claim?.verdict, 'better');
    assert.equal(state.claim.guards?.[0]?.verdict, 'worse');
    assert.match(state.claim.sentence, /The guard exact_match got worse: .*a loss of 0\.05 is/);
    assert.equal(state.ended?.bestId, state.header?.original.id);
    assert.match(state.ended?.sentence ?? '', /made a guard worse .* so the original stays\.$/);
  });
});

describe('A guard as people write it', () => {
  const guards = (...texts: string[]) => guardsIn(texts, metricNamed);

  it('is a metric and the loss that is allowed on its own scale', () => {
    assert.deepEqual(guards('exact_match', 'wer=0.02', 'sacrebleu = 1'), [
      { metric: 'exact_match', tolerance: 0 },
      { metric: 'wer', tolerance: 0.02 },
      { metric: 'sacrebleu', tolerance: 1 },
    ]);
  });

  it('keeps the equals sign that belongs to an option', () => {
    assert.deepEqual(guards('length:max=50'), [{ metric: 'length:max=50', tolerance: 0 }]);
    assert.deepEqual(guards('length:max=50=0.1'), [{ metric: 'length:max=50', tolerance: 0.1 }]);
    assert.deepEqual(guards('exact_match:ignore_case=0.1'), [
      { metric: 'exact_match:ignore_case', tolerance: 0.1 },
    ]);
  });

  it('is refused where there is no such metric, or it is named twice', () => {
    for (const texts of [['no_such'], ['wer=low'], ['wer=-1'], ['wer', 'wer=0.1']]) {
      assert.throws(() => guards(...texts), RequestError, texts.join());
    }
  });

  it('is measured with the named metrics, once', () => {
    const request = { metrics: ['wer', 'cer'], guards: ['cer=0.1', 'chrf'] };
    assert.deepEqual(measuredMetrics(request, metricNamed), ['wer', 'cer', 'chrf']);
  });
});
