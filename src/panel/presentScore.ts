import type { Aggregate, RunState } from '../engine/index.ts';
import { formatMeasured } from './format.ts';
import type { ScoreView } from './messages.ts';

/**
 * The candidate's score that the search chooses by: the primary metric on the validation rows, or
 * on all rows in an evaluation. Absent where it has not been measured, or no row could be scored.
 */
export function validationScore(state: RunState, candidateId: string): Aggregate | undefined {
  return validationScores(state).get(candidateId);
}

/** The same of every candidate at once, by id: one walk over the evaluations. */
export function validationScores(state: RunState): ReadonlyMap<string, Aggregate> {
  const scores = new Map<string, Aggregate>();
  const metric = state.header?.metrics[0];
  if (metric === undefined) return scores;
  for (const { candidateId, split, scorecard } of state.evaluations) {
    const score = split === 'validation' || split === 'all' ? scorecard[metric] : undefined;
    // A race looks at some of the rows first: what is shown is the fullest look.
    const fullest = scores.get(candidateId)?.count ?? 0;
    if (isMeasured(score) && score.count >= fullest) scores.set(candidateId, score);
  }
  return scores;
}

/** Whether any row stands behind the figure. */
export function isMeasured(aggregate: Aggregate | undefined): aggregate is Aggregate {
  return aggregate !== undefined && aggregate.count > 0 && Number.isFinite(aggregate.value);
}

/** A score for people and for the chart; an interval that is not known closes around the value. */
export function viewOfScore(aggregate: Aggregate): ScoreView {
  const { value, low, high, count } = aggregate;
  return {
    value,
    low: Number.isFinite(low) ? low : value,
    high: Number.isFinite(high) ? high : value,
    count,
    text: formatMeasured(aggregate),
  };
}
