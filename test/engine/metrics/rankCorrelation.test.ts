import assert from 'node:assert/strict';
import fc from 'fast-check';
import '../../support/fuzzSeed.ts';
import { spearman } from '../../../src/engine/metrics/correlation.ts';
import { rankCorrelationOver } from '../../../src/engine/metrics/rankCorrelation.ts';

describe('Spearman over drawn rows', () => {
  it('is what the drawn rows give by themselves, with ties and constant sides', () => {
    const number = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true, min: -1 }));
    const drawn = fc
      .array(fc.tuple(number, number), { minLength: 1, maxLength: 30 })
      .chain(pairs =>
        fc.tuple(
          fc.constant(pairs),
          fc.array(fc.nat(pairs.length - 1), { minLength: 2, maxLength: 40 }),
          fc.array(fc.nat(pairs.length - 1), { minLength: 2, maxLength: 40 }),
        ),
      );
    fc.assert(
      fc.property(drawn, ([pairs, ...draws]) => {
        const left = pairs.map(([one]) => one);
        const right = pairs.map(([, other]) => other);
        const over = rankCorrelationOver(left, right);
        for (const rows of draws) {
          const at = (side: readonly number[]): number[] => rows.map(row => side[row] ?? NaN);
          const alone = spearman(at(left), at(right)).coefficient;
          const own = over(rows);
          assert.ok(Object.is(own, alone) || Math.abs(own - alone) < 1e-12, `${own} ${alone}`);
        }
      }),
    );
  });
});
