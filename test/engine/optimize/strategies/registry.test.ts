import assert from 'node:assert/strict';
import { seededRandom } from '../../../../src/engine/core/random.ts';
import {
  strategyNamed,
  strategyNames,
} from '../../../../src/engine/optimize/strategies/registry.ts';
import { paretoParent } from '../../../../src/engine/optimize/strategies/paretoParent.ts';
import { checkedSettings } from '../../../../src/engine/settings.ts';
import { collect } from '../../../support/builders.ts';
import { perfect, seed, half, sortingRun } from '../sortingWorld.ts';

describe('strategies by name', () => {
  it('are all there, and an unknown name is answered with the known ones', () => {
    for (const name of strategyNames) assert.equal(strategyNamed(name).id, name);
    assert.throws(() => strategyNamed('magic'), /no strategy "magic"; there are .*gepa/);
  });

  it('are checked before anything is sent', () => {
    assert.equal(checkedSettings({ strategy: 'squeeze' }).strategy, 'squeeze');
    assert.throws(() => checkedSettings({ strategy: 'magic' }), /no strategy "magic"/);
  });

  it('are chosen by the settings of the run', async () => {
    const { state } = await collect(sortingRun({ settings: { strategy: 'noop' } }).events);
    assert.equal(state.trials.length, 0);
    assert.equal(state.claim?.verdict, 'unchanged');
    assert.equal(state.ended?.bestId, state.header?.original.id);
  });

  it('end a run whose strategy nobody knows with a sentence', async () => {
    const { state } = await collect(sortingRun({ settings: { strategy: 'magic' } }).events);
    assert.equal(state.ended?.reason, 'failed');
    assert.match(state.ended.sentence, /no strategy "magic"/);
  });
});

describe('one-shot', () => {
  it('asks once and keeps what scores higher', async () => {
    const run = sortingRun({ settings: { strategy: 'one-shot' } });
    const { state } = await collect(run.events);
    assert.equal(run.optimizer.requests.length, 1);
    assert.equal(state.candidates[state.ended?.bestId ?? '']?.prompt.system, half);
  });

  it('keeps the original where the rewrite scores no higher', async () => {
    const run = sortingRun({
      proposals: [`${seed}\nBe careful.`],
      settings: { strategy: 'one-shot' },
    });
    const { state } = await collect(run.events);
    assert.equal(state.ended?.bestId, state.header?.original.id);
  });
});

describe('gepa', () => {
  it('runs no validation row for a child that is not strictly better on its three rows', async () => {
    const run = sortingRun({
      proposals: [`${seed}\nBe careful.`],
      settings: { strategy: 'gepa', maxIterations: 1 },
    });
    const { state } = await collect(run.events);
    const child = state.trials[0]?.status === 'decided' ? state.trials[0].candidateId : '';
    const splits = state.evaluations
      .filter(each => each.candidateId === child)
      .map(each => each.split);
    assert.deepEqual(splits, ['train']);
    assert.equal(state.trials[0]?.shown?.length, 3);
  });

  it('finds the rules that its proposals hold', async () => {
    const { state } = await collect(
      sortingRun({ settings: { strategy: 'gepa', patience: 20, maxIterations: 40 } }).events,
    );
    assert.equal(state.candidates[state.ended?.bestId ?? '']?.prompt.system, perfect);
  });

  it('draws parents by the rows that they lead on, without those that others make superfluous', () => {
    const pool = [
      { id: 'worst', values: [1, 0, 0, 0] },
      { id: 'left', values: [1, 1, 1, 0] },
      { id: 'right', values: [0, 0, 0, 1] },
    ];
    const random = seededRandom(1, 'parents');
    const drawn = Array.from({ length: 400 }, () => paretoParent(pool, random));
    assert.equal(drawn.includes('worst'), false);
    const left = drawn.filter(id => id === 'left').length;
    assert.ok(left > 260 && left < 340, `${left} of 400, 300 expected`);
  });
});
