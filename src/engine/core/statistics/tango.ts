import { z95 } from './normal.ts';
import type { Interval } from './wilson.ts';

/**
 * 95 % score interval of the paired difference of two rates, (fixed − broken) / count (Tango 1998,
 * Statistics in Medicine 17). It keeps its width where nothing changed, which a resampled interval
 * does not: 20 rows without a change are no proof of equality.
 */
export function tangoInterval(fixed: number, broken: number, count: number): Interval {
  if (!(count > 0)) return { low: NaN, high: NaN };
  const estimate = (fixed - broken) / count;
  const excess = (difference: number) =>
    Math.abs(tangoScore(fixed, broken, count, difference)) - z95;
  return {
    low: crossing(excess, -1, estimate),
    high: crossing(excess, 1, estimate),
  };
}

/** Tango's score statistic for the hypothesis that the true difference is `difference`. */
export function tangoScore(
  fixed: number,
  broken: number,
  count: number,
  difference: number,
): number {
  const gap = fixed - broken - count * difference;
  if (Math.abs(gap) < 1e-12) return 0;
  // Largest likelihood of the share of broken rows under the hypothesis: root of A q² + B q + C.
  const a = 2 * count;
  const b = -fixed - broken + (2 * count - fixed + broken) * difference;
  const c = -broken * difference * (1 - difference);
  const share = (Math.sqrt(Math.max(0, b * b - 4 * a * c)) - b) / (2 * a);
  const variance = count * (2 * share + difference * (1 - difference));
  return variance <= 0 ? Math.sign(gap) * Infinity : gap / Math.sqrt(variance);
}

/** Where `excess` changes its sign between `outer` (positive) and `inner` (negative). */
function crossing(excess: (x: number) => number, outer: number, inner: number): number {
  let outside = outer;
  let inside = inner;
  if (excess(outside) < 0) return outside;
  for (let step = 0; step < 60; step++) {
    const middle = (outside + inside) / 2;
    if (excess(middle) > 0) outside = middle;
    else inside = middle;
  }
  return (outside + inside) / 2;
}
