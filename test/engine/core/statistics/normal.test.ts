import assert from 'node:assert/strict';
import fc from 'fast-check';
import { normalCdf, normalQuantile } from '../../../../src/engine/core/statistics/normal.ts';
import { assertClose, goldenVectors, numberIn } from '../../../support/goldenVectors.ts';

describe('Normal distribution', () => {
  it('agrees with scipy, in the far tails too', () => {
    let checked = 0;
    for (const vector of goldenVectors('special_functions')) {
      const function_ = { norm_ppf: normalQuantile, norm_cdf: normalCdf }[vector.metric];
      if (!function_) continue;
      const [x] = vector.predictions as unknown[];
      const wanted = numberIn(vector.expected['value']);
      const actual = function_(numberIn(x));
      const tolerance = Number.isFinite(wanted) ? 1e-12 * Math.max(1e-290, Math.abs(wanted)) : 0;
      assertClose(actual, wanted, vector.id, Math.max(tolerance, Number.MIN_VALUE));
      checked++;
    }
    assert.equal(checked, 35);
  });

  it('goes from a share to its quantile and back', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), share => {
        assert.ok(Math.abs(normalCdf(normalQuantile(share)) - share) < 1e-12);
      }),
    );
  });

  it('says NaN for what is no share', () => {
    for (const share of [-0.1, 1.1, NaN]) assert.ok(Number.isNaN(normalQuantile(share)));
    assert.equal(normalCdf(-Infinity), 0);
    assert.equal(normalCdf(Infinity), 1);
  });
});
