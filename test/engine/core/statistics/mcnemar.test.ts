import assert from 'node:assert/strict';
import {
  detectableDifference,
  mcnemarExactP,
  mcnemarMidP,
  rowsToShow,
} from '../../../../src/engine/core/statistics/mcnemar.ts';
import { binomialPmf } from '../../../../src/engine/core/statistics/binomial.ts';
import { assertClose, goldenVectors } from '../../../support/goldenVectors.ts';

describe('McNemar mid-p', () => {
  for (const vector of goldenVectors('mcnemar')) {
    const table = vector.expected['table'] as [[number, number], [number, number]] | undefined;
    // The last vector is an error of the reference: it divides by zero where no row changed.
    if (!table) continue;
    const [[, b], [c]] = table;
    it(`agrees with exact fractions on ${b} against ${c} (${vector.id})`, () => {
      const wanted = Number(vector.expected['midp']);
      // Where no row changed the reference gives 1 − ½, the formula of its b = c case; we say 1,
      // because nothing at all speaks against "equal".
      if (b + c === 0) {
        assert.equal(wanted, 0.5);
        assert.equal(mcnemarMidP(b, c), 1);
      } else {
        assertClose(mcnemarMidP(b, c), wanted, vector.id, Math.min(1e-9, wanted * 1e-6));
      }
    });
  }

  it('is the same in both directions', () => {
    assert.equal(mcnemarMidP(12, 3), mcnemarMidP(3, 12));
  });
});

describe('Rows needed to show a difference', () => {
  it('gives about 80 % power at that many rows, counted over all outcomes', () => {
    for (const [difference, churn] of [
      [0.1, 0.05],
      [0.2, 0.05],
      [0.05, 0.03],
    ] as const) {
      const rows = rowsToShow(difference, churn);
      const power = powerOf(rows, difference, churn);
      assert.ok(power > 0.76 && power < 0.86, `${difference}: ${rows} rows, power ${power}`);
    }
  });

  it('needs more rows for a smaller difference, more churn and more power', () => {
    assert.ok(rowsToShow(0.05, 0.05) > rowsToShow(0.1, 0.05));
    assert.ok(rowsToShow(0.1, 0.1) > rowsToShow(0.1, 0.05));
    assert.ok(rowsToShow(0.1, 0.05, 0.95) > rowsToShow(0.1, 0.05, 0.8));
    assert.equal(rowsToShow(-0.1, 0.05), rowsToShow(0.1, 0.05));
  });

  it('is endless for no difference', () => {
    assert.equal(rowsToShow(0, 0.05), Infinity);
  });
});

describe('Smallest difference that can be shown', () => {
  it('has about 80 % power at its rows, counted over all outcomes', () => {
    for (const [rows, churn] of [
      [100, 0.05],
      [200, 0.03],
      [400, 0.02],
    ] as const) {
      const difference = detectableDifference(rows, churn);
      const power = powerOf(rows, difference, churn);
      assert.ok(power > 0.76 && power < 0.86, `${rows}: ${difference}, power ${power}`);
    }
  });

  it('is the inverse of the rows that are needed', () => {
    for (const rows of [30, 100, 1000, 50_000]) {
      const difference = detectableDifference(rows, 0.05);
      assert.ok(rowsToShow(difference, 0.05) <= rows);
      assert.ok(rowsToShow(difference * 0.999, 0.05) > rows);
    }
  });

  it('falls with the square root of the rows, and is everything where nothing can be shown', () => {
    const ratio = detectableDifference(1000, 0.1) / detectableDifference(4000, 0.1);
    assert.ok(ratio > 1.9 && ratio < 2.1, String(ratio));
    assert.equal(detectableDifference(3, 0.05), 1);
    assert.equal(detectableDifference(1000, 0.5), 1);
  });
});

describe('McNemar exact', () => {
  it('is never below the mid-p, and 1 where no row changed', () => {
    assert.equal(mcnemarExactP(0, 0), 1);
    assert.equal(mcnemarExactP(5, 0), 0.0625);
    for (const [fixed, broken] of [
      [5, 1],
      [7, 7],
      [40, 20],
    ] as const) {
      assert.ok(mcnemarExactP(fixed, broken) >= mcnemarMidP(fixed, broken));
    }
  });
});

/** Power of the two-sided mid-p test at 5 %, summed over fixed and broken counts. */
function powerOf(rows: number, difference: number, churn: number): number {
  const changed = 2 * churn + difference;
  const better = (churn + difference) / changed;
  let power = 0;
  for (let changes = 0; changes <= rows; changes++) {
    const chance = binomialPmf(changes, rows, changed);
    if (chance < 1e-9) continue;
    for (let fixed = 0; fixed <= changes; fixed++) {
      if (fixed * 2 > changes && mcnemarMidP(fixed, changes - fixed) <= 0.05) {
        power += chance * binomialPmf(fixed, changes, better);
      }
    }
  }
  return power;
}
