import assert from 'node:assert/strict';
import type { ScoredEdit } from '../../../../src/engine/core/foresight.ts';
import { featureNames } from '../../../../src/engine/optimize/foresight/features.ts';
import {
  learnedFrom,
  nothingLearned,
} from '../../../../src/engine/optimize/foresight/metaModel.ts';
import { patchRace } from '../../../../src/engine/optimize/patchRace/patchRace.ts';
import { collect } from '../../../support/builders.ts';
import { half, proposalOf, seed, sortingRun, threeQuarters } from '../sortingWorld.ts';

/** A meta-model that earlier runs have taught that edits which would fix rows do fix them. */
const taught = Array.from({ length: 40 }, (_, trial): ScoredEdit[] =>
  [0, 0.9].map(would => ({
    features: featureNames.map(name =>
      name === 'constant' ? 1 : name === 'would_fix' || name === 'would_gain' ? would : 0,
    ),
    worth: would === 0 ? -0.2 - trial / 1000 : 0.8 - trial / 1000,
    rows: 6,
  })),
).reduce(learnedFrom, nothingLearned);

const numbers = (edits: readonly { readonly features: readonly number[] }[]): number[] =>
  edits.flatMap(({ features }) => features);

describe('what is foreseen of a proposal', () => {
  it('is one list of features an edit, about −1 to 1, and what came of it when the trial ends', async () => {
    const run = sortingRun({ sockets: { strategy: patchRace }, settings: { seed: 2 } });
    const { state } = await collect(run.events);
    const [first] = state.trials;
    assert.ok(first?.status === 'decided' && first.accepted);
    assert.equal(first.foresight?.edits.length, 1);
    assert.match(first.foresight.edits[0]?.text ?? '', /^\+ plum goes to south\.$/);
    const all = state.trials.flatMap(({ foresight }) => foresight?.edits ?? []);
    assert.ok(all.every(({ features }) => features.length === featureNames.length));
    assert.ok(numbers(all).every(value => Number.isFinite(value) && Math.abs(value) <= 1));
    const scored = first.scored ?? [];
    assert.ok(scored.length > 0);
    assert.ok(scored.every(({ worth, rows }) => worth > 0 && worth <= 1 && rows >= 1));
  });

  it('chooses the proposal that promises most, where the meta-model is trusted, and says why', async () => {
    const proposals = [
      `${seed}\nBe careful.`,
      `${seed}\nplum goes to west.`,
      half,
      `${seed}\nThink.`,
    ];
    const run = sortingRun({
      optimizer: (_, call) => proposalOf(proposals[call % 4] ?? seed),
      sockets: { strategy: patchRace, earlier: taught },
      settings: { metaModel: true, maxIterations: 1 },
    });
    const { state } = await collect(run.events);
    assert.equal(run.optimizer.requests.length, 4);
    assert.equal(new Set(run.optimizer.requests.map(request => request.sample)).size, 4);
    const [trial] = state.trials;
    assert.ok(trial?.status === 'decided');
    assert.equal(state.candidates[trial.candidateId]?.prompt.system, half);
    assert.match(trial.foresight?.favoured ?? '', /Chosen of 4 proposals.*rank correlation/);
    assert.equal(trial.cost.proposals, 4);
    assert.equal(state.spending.optimizer.calls, 4);
  });

  it('asks for one proposal where it is switched off, or not trusted yet', async () => {
    for (const [earlier, metaModel] of [
      [taught, false],
      [nothingLearned, true],
    ] as const) {
      const run = sortingRun({
        proposals: [threeQuarters],
        sockets: { strategy: patchRace, earlier },
        settings: { metaModel, maxIterations: 1 },
      });
      const { state } = await collect(run.events);
      assert.equal(run.optimizer.requests.length, 1);
      assert.equal(state.trials[0]?.foresight?.favoured, undefined);
      assert.equal(state.metaModel !== undefined, metaModel);
    }
  });
});
