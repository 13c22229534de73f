import assert from 'node:assert/strict';
import fc from 'fast-check';
import { levenshtein } from '../../../src/engine/metrics/levenshtein.ts';

/** The textbook's table, cell by cell. */
function byTable(left: readonly string[], right: readonly string[]): number {
  let row = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (const [at, unit] of left.entries()) {
    const next = [at + 1];
    for (const [column, other] of right.entries()) {
      next.push(
        Math.min(
          (row[column] ?? 0) + (unit === other ? 0 : 1),
          (row[column + 1] ?? 0) + 1,
          (next[column] ?? 0) + 1,
        ),
      );
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

describe('Levenshtein distance', () => {
  it('is that of the textbook’s table, also beyond 32 and 64 units', () => {
    const units = fc.oneof(
      fc.array(fc.constantFrom('a', 'b'), { maxLength: 140 }),
      fc.array(fc.constantFrom('a', 'b', 'c', 'd', '😀', ''), { maxLength: 100 }),
    );
    fc.assert(
      fc.property(units, units, (left, right) => {
        assert.equal(levenshtein(left, right), byTable(left, right));
      }),
      { numRuns: 1000 },
    );
  });

  it('is a distance: none to itself, the same in both directions, no shorter way round', () => {
    const units = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 70 });
    fc.assert(
      fc.property(units, units, units, (one, two, three) => {
        assert.equal(levenshtein(one, one), 0);
        assert.equal(levenshtein(one, two), levenshtein(two, one));
        assert.ok(levenshtein(one, three) <= levenshtein(one, two) + levenshtein(two, three));
      }),
    );
  });
});
