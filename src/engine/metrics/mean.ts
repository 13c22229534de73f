import type { Score } from '../core/score.ts';

/** The plain mean of the rows' values, for metrics whose corpus value is that. */
export function meanValue(scores: readonly Score[]): number {
  return scores.reduce((sum, score) => sum + score.value, 0) / scores.length;
}
