import assert from 'node:assert/strict';
import {
  binomialCdf,
  binomialPmf,
  posteriorBetter,
} from '../../../../src/engine/core/statistics/binomial.ts';
import { assertClose, goldenVectors } from '../../../support/goldenVectors.ts';

describe('Binomial distribution', () => {
  it('agrees with scipy', () => {
    let checked = 0;
    for (const vector of goldenVectors('special_functions')) {
      const function_ = { binom_cdf: binomialCdf, binom_pmf: binomialPmf }[vector.metric];
      if (!function_) continue;
      const [k = NaN, n = NaN, p = NaN] = vector.predictions as number[];
      const wanted = vector.expected['value'];
      assertClose(function_(k, n, p), wanted, vector.id, 1e-10 * Math.max(Number(wanted), 1e-200));
      checked++;
    }
    assert.equal(checked, 16);
  });

  it('is defined at the ends', () => {
    assert.equal(binomialPmf(-1, 5, 0.5), 0);
    assert.equal(binomialPmf(6, 5, 0.5), 0);
    assert.equal(binomialPmf(0, 5, 0), 1);
    assert.equal(binomialPmf(5, 5, 1), 1);
    assert.equal(binomialCdf(-1, 5, 0.5), 0);
    assert.equal(binomialCdf(5, 5, 0.5), 1);
  });
});

describe('Posterior that the child is better', () => {
  it('is one half before any row differs', () => {
    assert.equal(posteriorBetter(0, 0), 0.5);
  });

  it('equals the Beta(1 + wins, 1 + losses) tail, counted by integration', () => {
    for (const [wins, losses] of [
      [1, 0],
      [3, 1],
      [5, 5],
      [2, 9],
      [40, 25],
    ] as const) {
      assertClose(posteriorBetter(wins, losses), betaTail(wins, losses), `${wins}:${losses}`, 1e-7);
    }
  });

  it('turns round when wins and losses change places', () => {
    assertClose(posteriorBetter(7, 3) + posteriorBetter(3, 7), 1, 'sum', 1e-12);
  });
});

/** P(θ > ½) for θ ~ Beta(1 + wins, 1 + losses) by Simpson's rule. */
function betaTail(wins: number, losses: number): number {
  const density = (x: number): number => x ** wins * (1 - x) ** losses;
  return simpson(density, 0.5, 1) / simpson(density, 0, 1);
}

function simpson(f: (x: number) => number, from: number, to: number): number {
  const steps = 2000;
  const width = (to - from) / steps;
  let sum = f(from) + f(to);
  for (let step = 1; step < steps; step++) sum += f(from + step * width) * (step % 2 ? 4 : 2);
  return (sum * width) / 3;
}
