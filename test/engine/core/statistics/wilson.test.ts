import assert from 'node:assert/strict';
import fc from 'fast-check';
import { wilsonInterval } from '../../../../src/engine/core/statistics/wilson.ts';
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

  it('has no bounds for no rows', () => {
    assert.ok(Number.isNaN(wilsonInterval(0, 0).low));
  });
});
