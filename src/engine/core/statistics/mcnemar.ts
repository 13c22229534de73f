import { binomialCdf, binomialPmf } from './binomial.ts';
import { normalQuantile, z95 } from './normal.ts';

/**
 * Two-sided mid-p of McNemar's exact test (Fagerland, Lydersen, Laake 2013, BMC Medical Research
 * Methodology 13:91): whether `fixed` and `broken` rows could be equally likely. 0..1; 1 where no
 * row changed.
 */
export function mcnemarMidP(fixed: number, broken: number): number {
  const changed = fixed + broken;
  if (changed === 0) return 1;
  if (fixed === broken) return 1 - 0.5 * binomialPmf(fixed, changed, 0.5);
  const fewer = Math.min(fixed, broken);
  const exact = 2 * binomialCdf(fewer, changed, 0.5);
  return Math.min(1, exact - binomialPmf(fewer, changed, 0.5));
}

/** Share of rows that get worse where one prompt takes the place of another. */
export const usualChurn = 0.05;

/** Two-sided p of McNemar's exact test, 0..1; 1 where no row changed. Source as above. */
export function mcnemarExactP(fixed: number, broken: number): number {
  return Math.min(1, 2 * binomialCdf(Math.min(fixed, broken), fixed + broken, 0.5));
}

/**
 * Rows at which a paired comparison of right and wrong would show `difference` (0..1, of the rate)
 * at two-sided 5 % with the given power, when a share `churn` of the rows gets worse anyway; the
 * share that gets better is then `churn + difference`. Infinity for a difference of 0.
 *
 * Source: Connor 1987, Sample size for testing differences in proportions for the paired-sample
 * design, Biometrics 43: n = (z₁₋α⁄₂ √ψ + z_power √(ψ − δ²))² / δ², ψ the share of changed rows.
 */
export function rowsToShow(difference: number, churn: number, power = 0.8): number {
  const effect = Math.abs(difference);
  if (effect === 0) return Infinity;
  const changed = Math.min(1, 2 * churn + effect);
  const root =
    z95 * Math.sqrt(changed) +
    normalQuantile(power) * Math.sqrt(Math.max(0, changed - effect * effect));
  return Math.ceil((root * root) / (effect * effect));
}

/**
 * Smallest difference of the rate, 0..1, that a paired comparison of right and wrong shows with
 * this many rows, at two-sided 5 % with the given power, when a share `churn` of the rows gets
 * worse anyway: the inverse of `rowsToShow`. 1 where no difference could be shown.
 */
export function detectableDifference(rows: number, churn: number, power = 0.8): number {
  // The better rows are `churn + difference`, the worse ones `churn`: together all rows at most.
  const most = 1 - 2 * churn;
  if (!(most > 0) || rowsToShow(most, churn, power) > rows) return 1;
  let shown = most;
  let hidden = 0;
  for (let step = 0; step < 60; step++) {
    const middle = (shown + hidden) / 2;
    if (rowsToShow(middle, churn, power) <= rows) shown = middle;
    else hidden = middle;
  }
  return shown;
}
