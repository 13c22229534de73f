import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  clopperPearsonInterval,
  wilsonInterval,
} from '../../../../src/engine/core/statistics/wilson.ts';
import { assertClose, goldenVectors } from '../../../support/goldenVectors.ts';

describe('Wilson interval', () => {
  for (const vector of goldenVectors('wilson')) {
    const { k, n, confidence_level } = vector.options as Record<string, number>;
    it(`agrees with statsmodels on ${k} of ${n} at ${confidence_level}`, () => {
      const { low, high } = wilsonInterval(k ?? NaN, n ?? NaN, confidence_level);
      assertClose(low, vector.expected['low'], vector.id);
      assertClose(high, vector.expected['high'], vector.id);
    });
  }

  it('holds its estimate and stays in 0..1', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (passed, failed) => {
        fc.pre(passed + failed > 0);
        const count = passed + failed;
        const { low, high } = wilsonInterval(passed, count);
        assert.ok(0 <= low && low <= passed / count && passed / count <= high && high <= 1);
      }),
    );
  });

  it('lies within the exact interval of Clopper and Pearson nearly always', () => {
    for (const [passed, count] of [
      [0, 10],
      [3, 10],
      [50, 100],
      [10, 10],
    ] as const) {
      const exact = clopperPearsonInterval(passed, count);
      const { low, high } = wilsonInterval(passed, count);
      assert.ok(exact.high - exact.low > high - low);
    }
    assert.deepEqual(clopperPearsonInterval(0, 0), { low: 0, high: 1 });
  });

  it('has no bounds for no rows', () => {
    assert.ok(Number.isNaN(wilsonInterval(0, 0).low));
  });
});
