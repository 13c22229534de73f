import type { Resample } from '../core/statistics/bootstrap.ts';

/**
 * Spearman's coefficient over rows that are drawn from these, again and again: the numbers are sorted
 * once, and each draw is ranked by counting. NaN where a side of the draw is constant.
 */
export function rankCorrelationOver(
  left: readonly number[],
  right: readonly number[],
): (rows: Resample) => number {
  const ranksLeft = rankerOf(left);
  const ranksRight = rankerOf(right);
  return rows => coefficientOf(ranksLeft(rows), ranksRight(rows));
}

/** Average ranks, from 1, of the numbers at these positions. The answer is overwritten next time. */
function rankerOf(values: readonly number[]): (rows: Resample) => Float64Array {
  const different = Float64Array.from(new Set(values)).sort();
  const placeOf = new Map([...different].map((value, place) => [value, place]));
  const places = Uint32Array.from(values, value => placeOf.get(value) ?? 0);
  const counts = new Uint32Array(different.length);
  const rankAt = new Float64Array(different.length);
  let ranks = new Float64Array(values.length);
  return rows => {
    counts.fill(0);
    for (const row of rows) {
      const place = places[row] ?? 0;
      counts[place] = (counts[place] ?? 0) + 1;
    }
    let below = 0;
    for (let place = 0; place < counts.length; place++) {
      const here = counts[place] ?? 0;
      rankAt[place] = below + (here + 1) / 2;
      below += here;
    }
    if (ranks.length !== rows.length) ranks = new Float64Array(rows.length);
    for (let at = 0; at < rows.length; at++) {
      ranks[at] = rankAt[places[rows[at] ?? 0] ?? 0] ?? 0;
    }
    return ranks;
  };
}

/** Pearson's coefficient of ranks, whose mean is (n + 1) / 2 on both sides. */
function coefficientOf(left: Float64Array, right: Float64Array): number {
  const mean = (left.length + 1) / 2;
  let both = 0;
  let lefts = 0;
  let rights = 0;
  for (let row = 0; row < left.length; row++) {
    const one = (left[row] ?? 0) - mean;
    const other = (right[row] ?? 0) - mean;
    both += one * other;
    lefts += one * one;
    rights += other * other;
  }
  if (lefts === 0 || rights === 0) return NaN;
  return Math.max(-1, Math.min(1, both / (Math.sqrt(lefts) * Math.sqrt(rights))));
}
