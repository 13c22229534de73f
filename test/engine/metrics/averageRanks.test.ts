import assert from 'node:assert/strict';
import fc from 'fast-check';
import '../../support/fuzzSeed.ts';
import { averageRanks } from '../../../src/engine/metrics/averageRanks.ts';

/** By the definition: numbers below, and the middle of those that are equal. */
function counted(values: readonly number[]): number[] {
  return values.map(value => {
    const below = values.filter(each => each < value).length;
    const equal = values.filter(each => each === value).length;
    return below + (equal + 1) / 2;
  });
}

describe('Average ranks', () => {
  it('count from 1, and equal numbers share the mean of theirs', () => {
    assert.deepEqual([...averageRanks([30, 10, 20, 10])], [4, 1.5, 3, 1.5]);
    assert.deepEqual([...averageRanks([])], []);
    assert.deepEqual([...averageRanks([7])], [1]);
  });

  it('order negative, tiny and endless numbers, and take −0 for 0', () => {
    const values = [0, -0, -1, 1, 5e-324, -5e-324, Infinity, -Infinity, 2 ** 53, -(2 ** -1022)];
    assert.deepEqual([...averageRanks(values)], counted(values));
  });

  it('are those of the definition for any numbers', () => {
    const numbers = fc.oneof(
      fc.double({ noNaN: true }),
      fc.integer({ min: -3, max: 3 }),
      fc.constantFrom(0, -0, 0.1, 1e308, -1e308),
    );
    fc.assert(
      fc.property(fc.array(numbers, { maxLength: 60 }), values => {
        assert.deepEqual([...averageRanks(values)], counted(values));
      }),
    );
  });
});
