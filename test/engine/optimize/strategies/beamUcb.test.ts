import assert from 'node:assert/strict';
import { collect } from '../../../support/builders.ts';
import {
  crates,
  half,
  perfect,
  proposalOf,
  seed,
  sortingRun,
  threeQuarters,
} from '../sortingWorld.ts';

const settings = { strategy: 'beam-ucb', patience: 8, maxIterations: 12 };

describe('beam-ucb', () => {
  it('finds the rules that its proposals hold', async () => {
    const { state } = await collect(sortingRun({ settings }).events);
    assert.equal(state.candidates[state.ended?.bestId ?? '']?.prompt.system, perfect);
  });

  it('gives more than one prompt a turn as parent', async () => {
    const { state } = await collect(
      sortingRun({
        settings: { ...settings, targetThreshold: 2 },
        proposals: [half, threeQuarters, `${half}\nBe quick.`, `${seed}\nfig goes to east.`, half],
      }).events,
    );
    assert.ok(new Set(state.trials.map(trial => trial.parentId)).size > 1);
  });

  it('stops paying for a child that cannot reach the beam any more', async () => {
    const validation = crates(40, 100);
    const { state } = await collect(
      sortingRun({
        settings: { ...settings, targetThreshold: 2, maxIterations: 6 },
        original: half,
        validation,
        optimizer: (_, call) => proposalOf(call <= 4 ? `${half}\nTry ${call}.` : 'Say nothing.'),
      }).events,
    );
    const last = state.trials.at(-1);
    assert.ok(last?.status === 'decided' && !last.accepted);
    const ran = new Set(
      state.evaluations
        .filter(each => each.candidateId === last.candidateId && each.split === 'validation')
        .flatMap(each => each.rollouts.map(rollout => rollout.exampleId)),
    );
    assert.ok(ran.size < validation.length, `${ran.size} of ${validation.length} rows`);
    assert.match(last.reason, /^Not in the beam/);
  });
});
