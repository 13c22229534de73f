import assert from 'node:assert/strict';
import {
  betterOnPairedRows,
  promisingOnMinibatch,
  type AcceptanceFacts,
} from '../../../src/engine/optimize/acceptance.ts';
import { points } from '../../../src/engine/optimize/figures.ts';
import { raceLooks } from '../../../src/engine/optimize/race.ts';

function facts(
  fixed: number,
  broken: number,
  { rows = 30, lost = 0, complete = true, childTokens = 100 } = {},
): AcceptanceFacts {
  const scores = Array.from({ length: rows }, () => ({ value: 1 }));
  const pair = {
    before: scores,
    after: scores,
    gain: (fixed - broken) / rows,
    fixed,
    broken,
    lost,
  };
  return { pair, complete, parentTokens: 100, childTokens };
}
const verdict = (...given: Parameters<typeof facts>): string =>
  betterOnPairedRows(facts(...given)).verdict;

describe('The acceptance rule', () => {
  it('keeps a child that is better on all rows with a posterior of 0.7', () => {
    // P(θ > ½ | Beta(1 + w, 1 + l)): 3 to 1 is 0.8125, 5 to 4 is 0.623.
    assert.equal(verdict(3, 1), 'keep');
    assert.equal(verdict(5, 4), 'refuse');
  });

  it('gives ties to the parent', () => {
    assert.equal(verdict(0, 0), 'refuse');
    assert.equal(verdict(4, 4), 'refuse');
    assert.match(betterOnPairedRows(facts(4, 4)).reason, /a tie goes to the earlier prompt/);
  });

  it('gives a tie to a child that is 10 % shorter', () => {
    assert.equal(verdict(2, 2, { childTokens: 90 }), 'keep');
    assert.equal(verdict(2, 2, { childTokens: 91 }), 'refuse');
    assert.equal(verdict(2, 3, { childTokens: 10 }), 'refuse');
  });

  it('stops a race that is lost', () => {
    assert.equal(verdict(0, 3, { complete: false }), 'refuse');
    assert.equal(verdict(1, 2, { complete: false }), 'look-further');
  });

  it('keeps nobody early for a few lucky rows, and somebody sure on a hundred', () => {
    assert.equal(verdict(3, 0, { complete: false, rows: 10 }), 'look-further');
    assert.equal(verdict(12, 4, { complete: false, rows: 100 }), 'keep');
    assert.equal(verdict(7, 5, { complete: false, rows: 100 }), 'look-further');
  });

  it('counts rows that only the child was cut or refused on against the child', () => {
    assert.equal(verdict(4, 0), 'keep');
    assert.equal(verdict(4, 0, { lost: 4 }), 'refuse');
    assert.match(betterOnPairedRows(facts(4, 0, { lost: 4 })).reason, /4 without a usable answer/);
  });

  it('wants the value to rise too, where the value is more than a count of rows', () => {
    const given = facts(5, 1);
    assert.equal(
      betterOnPairedRows({ ...given, pair: { ...given.pair, gain: -0.01 } }).verdict,
      'refuse',
    );
  });
});

describe('The screen on the minibatch', () => {
  it('lets a child pass that fixes more than it breaks, or ties and is shorter', () => {
    const passes = (...given: Parameters<typeof facts>): boolean =>
      promisingOnMinibatch(facts(...given)).verdict !== 'refuse';
    assert.ok(passes(1, 0));
    assert.ok(!passes(1, 1));
    assert.ok(passes(1, 1, { childTokens: 80 }));
    assert.ok(!passes(1, 2, { childTokens: 80 }));
    assert.ok(!passes(1, 0, { lost: 1 }));
  });
});

describe('The looks of a race', () => {
  it('are few, grow, and end with all rows', () => {
    assert.deepEqual(raceLooks(3), [3]);
    assert.deepEqual(raceLooks(7), [6, 7]);
    assert.deepEqual(raceLooks(50), [10, 20, 40, 50]);
    assert.deepEqual(raceLooks(400), [40, 80, 160, 320, 400]);
  });
});

describe('A difference in points', () => {
  it('has its sign and one digit', () => {
    assert.deepEqual([0.14, -0.0567, 0, 0.01, -0.0001].map(points), [
      '+14 points',
      '−5.7 points',
      '±0 points',
      '+1 point',
      '±0 points',
    ]);
  });
});
