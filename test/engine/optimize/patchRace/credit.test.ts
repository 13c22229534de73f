import assert from 'node:assert/strict';
import {
  creditOf,
  isHarmful,
  posteriorOf,
} from '../../../../src/engine/optimize/patchRace/credit.ts';
import { sayOver } from '../../../../src/engine/optimize/patchRace/say.ts';
import type { Edit } from '../../../../src/engine/optimize/edits/edit.ts';
import type { Rollout } from '../../../../src/engine/core/rollout.ts';
import { crates } from '../sortingWorld.ts';

const line = (added: string): Edit => ({ component: 'system', at: 1, added });
const kiwi = line('kiwi goes to west.');
const plum = line('plum goes to south.');
const answer = (output: string): Rollout => ({
  jobId: 'job',
  candidateId: 'prompt',
  exampleId: 'row',
  outcome: 'ok',
  output,
  scores: {},
  usage: { calls: 1, inputTokens: 1, outputTokens: 1, estimated: false },
});

describe('What an edit has a say on', () => {
  const train = crates(0, 40);
  const say = sayOver({ train, validation: crates(40, 70) });
  const [apple, plums] = train;
  assert.ok(apple && plums);

  it('is a row whose inputs it speaks of, however that was answered', () => {
    assert.deepEqual(say.behind([kiwi, plum], plums, answer('south'), answer('west')), [plum]);
    assert.ok(say.onAnswer(plum, plums, answer('unknown')));
  });

  it('is an answer that it brings, and one that it takes away', () => {
    assert.deepEqual(say.behind([kiwi, plum], apple, answer('north'), answer('west')), [kiwi]);
    const removal: Edit = { component: 'system', at: 1, removed: 'kiwi goes to west.' };
    assert.deepEqual(say.behind([removal], apple, answer('west'), answer('north')), [removal]);
  });

  it('is no change between two answers that it does not name', () => {
    assert.deepEqual(say.behind([kiwi], apple, answer('north'), answer('unknown')), []);
    assert.ok(!say.onAnswer(kiwi, apple, answer('unknown')));
  });

  it('may be every row where it names none of them and no answer', () => {
    assert.ok(say.isGeneral(line('Read with care.')));
    assert.ok(!say.isGeneral(kiwi));
  });
});

describe('The credit of a child', () => {
  it('counts in full what its edits can have changed, and a quarter of the rest', () => {
    const changes = [
      { change: 1, told: [kiwi] },
      { change: -1, told: [] },
      { change: 0.5, told: [] },
    ];
    assert.deepEqual(creditOf(changes, false), { fixed: 1.125, broken: 0.25 });
    assert.deepEqual(creditOf(changes, true), { fixed: 1.5, broken: 1 });
  });

  it('is better than its parent with the probability of a Beta distribution above one half', () => {
    // 1 − Iₓ(4, 1) at ½ is 1 − ½⁴; two against one by the binomial sum 11/16.
    assert.ok(Math.abs(posteriorOf({ fixed: 3, broken: 0 }) - 0.9375) < 1e-12);
    assert.ok(Math.abs(posteriorOf({ fixed: 2, broken: 1 }) - 0.6875) < 1e-12);
    assert.ok(Math.abs(posteriorOf({ fixed: 0, broken: 0 }) - 0.5) < 1e-12);
  });

  it('is taken from the edit alone that broke rows', () => {
    const changes = [
      { change: 1, told: [kiwi] },
      { change: -1, told: [plum] },
      { change: -1, told: [] },
    ];
    assert.ok(isHarmful(plum, changes));
    assert.ok(!isHarmful(kiwi, changes));
  });

  it('is shared where several edits can have broken a row', () => {
    const once = [{ change: -1, told: [kiwi, plum] }];
    assert.ok(!isHarmful(kiwi, once));
    assert.ok(isHarmful(kiwi, [...once, ...once]));
    assert.ok(isHarmful(kiwi, once, true));
  });
});
