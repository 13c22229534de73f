import assert from 'node:assert/strict';
import fc from 'fast-check';
import { tangoInterval, tangoScore } from '../../../../src/engine/core/statistics/tango.ts';
import { z95 } from '../../../../src/engine/core/statistics/normal.ts';

describe('Tango interval', () => {
  it('gives the published bounds for 1 against 7 of 21 (Fagerland, Lydersen, Laake 2014)', () => {
    const { low, high } = tangoInterval(1, 7, 21);
    assert.equal(low.toFixed(3), '-0.517');
    assert.equal(high.toFixed(3), '-0.026');
  });

  it('has bounds at which the score statistic is exactly z', () => {
    fc.assert(
      fc.property(fc.nat(30), fc.nat(30), fc.nat(200), (fixed, broken, same) => {
        const count = fixed + broken + same;
        fc.pre(count > 0);
        const { low, high } = tangoInterval(fixed, broken, count);
        const estimate = (fixed - broken) / count;
        assert.ok(-1 <= low && low <= estimate && estimate <= high && high <= 1);
        if (low > -0.999) {
          assert.ok(Math.abs(tangoScore(fixed, broken, count, low) - z95) < 1e-6);
        }
        if (high < 0.999) {
          assert.ok(Math.abs(tangoScore(fixed, broken, count, high) + z95) < 1e-6);
        }
      }),
    );
  });

  it('stays wide where nothing changed, and turns round with the sides', () => {
    const { low, high } = tangoInterval(0, 0, 20);
    assert.ok(high > 0.1 && low < -0.1);
    const one = tangoInterval(3, 9, 50);
    const other = tangoInterval(9, 3, 50);
    assert.ok(Math.abs(one.low + other.high) < 1e-9 && Math.abs(one.high + other.low) < 1e-9);
  });
});
