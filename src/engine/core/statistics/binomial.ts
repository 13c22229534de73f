import { incompleteBeta } from './beta.ts';

/** P(X = k) for X ~ Bin(n, p); 0 outside 0..n. Exact to about 1e-12 for n in the thousands. */
export function binomialPmf(k: number, n: number, p: number): number {
  if (k < 0 || k > n) return 0;
  if (p === 0) return k === 0 ? 1 : 0;
  if (p === 1) return k === n ? 1 : 0;
  const ways = logFactorial(n) - logFactorial(k) - logFactorial(n - k);
  return Math.exp(ways + k * Math.log(p) + (n - k) * Math.log1p(-p));
}

/** P(X ≤ k) for X ~ Bin(n, p). */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  if (k >= n) return 1;
  let sum = 0;
  // The smaller tail is summed, so that a value near 1 keeps its digits.
  if (k <= n * p) {
    for (let each = 0; each <= k; each++) sum += binomialPmf(each, n, p);
    return Math.min(1, sum);
  }
  for (let each = n; each > k; each--) sum += binomialPmf(each, n, p);
  return Math.max(0, 1 - sum);
}

/**
 * P(θ > ½) for θ ~ Beta(1 + wins, 1 + losses): how likely the child is the better prompt, from the
 * rows on which the two differ. Equal to `BinomCDF(wins; wins + losses + 1, ½)`, by the relation
 * between the incomplete beta function and binomial sums, where both are whole numbers.
 */
export function posteriorBetter(wins: number, losses: number): number {
  if (!Number.isInteger(wins) || !Number.isInteger(losses)) {
    return incompleteBeta(0.5, 1 + losses, 1 + wins);
  }
  return binomialCdf(wins, wins + losses + 1, 0.5);
}

const smallFactorials = Array.from({ length: 128 }, () => 0);
for (let n = 2; n < smallFactorials.length; n++) {
  smallFactorials[n] = (smallFactorials[n - 1] ?? 0) + Math.log(n);
}

/** ln n!: summed for small n, Stirling's series beyond (error below 1e-17 from n = 128). */
function logFactorial(n: number): number {
  const small = smallFactorials[n];
  if (small !== undefined) return small;
  const inverse = 1 / (n * n);
  const series = (1 / 12 - inverse * (1 / 360 - inverse / 1260)) / n;
  return (n + 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI) + series;
}
