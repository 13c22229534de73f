import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  hashedFraction,
  sampled,
  seededRandom,
  shuffled,
} from '../../../src/engine/core/random.ts';

function drawn(count: number, seed: number, ...purpose: (string | number)[]): number[] {
  const random = seededRandom(seed, ...purpose);
  return Array.from({ length: count }, random);
}

describe('Seeded random', () => {
  it('gives the same stream for the same seed and purpose', () => {
    assert.deepEqual(drawn(50, 7, 'minibatch', 3), drawn(50, 7, 'minibatch', 3));
  });

  it('keeps its figures from one release to the next, because stored runs rely on them', () => {
    assert.deepEqual(
      drawn(3, 1, 'minibatch', 1).map(value => Math.floor(value * 1e6)),
      [83447, 447183, 110086],
    );
  });

  it('gives independent streams for other seeds and purposes', () => {
    const streams = [drawn(8, 1, 'a'), drawn(8, 2, 'a'), drawn(8, 1, 'b'), drawn(8, 1, 'a', 1)];
    assert.equal(new Set(streams.flat()).size, 32);
    const left = drawn(20_000, 1, 'trial', 1);
    const right = drawn(20_000, 1, 'trial', 2);
    const product = left.reduce(
      (sum, value, at) => sum + (value - 0.5) * ((right[at] ?? 0) - 0.5),
      0,
    );
    // Correlation of independent streams: standard error 1/sqrt(20000) = 0.007.
    assert.ok(Math.abs((product / left.length) * 12) < 0.03);
  });

  it('does not take ("a", "b") for ("a,b")', () => {
    assert.notDeepEqual(drawn(4, 1, 'a', 'b'), drawn(4, 1, 'a,b'));
    assert.notDeepEqual(drawn(4, 1, 1), drawn(4, 1, '1'));
  });

  it('fills 0..1 evenly, and never reaches 1', () => {
    const bins = new Array<number>(10).fill(0);
    for (const value of drawn(100_000, 5, 'bins')) {
      assert.ok(value >= 0 && value < 1);
      const bin = Math.floor(value * 10);
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    const chiSquare = bins.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    // 99.9 % quantile of chi-square with nine degrees of freedom.
    assert.ok(chiSquare < 27.9, `chi-square ${chiSquare}`);
  });
});

describe('Hashed fraction', () => {
  it('spreads texts that differ in one character evenly', () => {
    const bins = new Array<number>(10).fill(0);
    for (let row = 0; row < 50_000; row++) {
      const bin = Math.floor(hashedFraction(`row ${row}`) * 10);
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    const chiSquare = bins.reduce((sum, count) => sum + (count - 5000) ** 2 / 5000, 0);
    assert.ok(chiSquare < 27.9, `chi-square ${chiSquare}`);
  });

  it('changes with the salt', () => {
    assert.notEqual(hashedFraction('row', 1), hashedFraction('row', 2));
  });
});

describe('Shuffle and sample', () => {
  it('keeps every item once and leaves the list alone', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
        const before = [...items];
        const after = shuffled(items, seededRandom(seed, 'shuffle'));
        assert.deepEqual(items, before);
        assert.deepEqual([...after].sort(), before.sort());
      }),
    );
  });

  it('draws as many different items as asked, or all there are', () => {
    fc.assert(
      fc.property(fc.integer({ min: -3, max: 40 }), fc.integer(), (count, seed) => {
        const items = Array.from({ length: 20 }, (_, at) => at);
        const drawnItems = sampled(items, count, seededRandom(seed, 'sample'));
        assert.equal(drawnItems.length, Math.max(0, Math.min(20, count)));
        assert.equal(new Set(drawnItems).size, drawnItems.length);
      }),
    );
  });

  it('gives each order the same chance', () => {
    const random = seededRandom(3, 'orders');
    const counts = new Map<string, number>();
    for (let time = 0; time < 12_000; time++) {
      const order = shuffled(['a', 'b', 'c'], random).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    assert.equal(counts.size, 6);
    for (const count of counts.values()) assert.ok(Math.abs(count - 2000) < 200);
  });
});
