import { noSpending, plusSpending } from '../engine/index.ts';
import type { Aggregate, Evaluation, RunState, Spending } from '../engine/index.ts';

/** Name of the metric that decides. */
export function primaryMetric({ header }: RunState): string | undefined {
  return header?.metrics[0];
}

/** All roles together. */
export function spentByAll({ spending: { task, optimizer, judge } }: RunState): Spending {
  return [task, optimizer, judge].reduce(plusSpending, noSpending);
}

/** The primary score of the candidate that the search would return now, on validation rows. */
export function bestSoFar(state: RunState): Aggregate | undefined {
  const { incumbentId, trials } = state;
  const keptBy = trials.find(each => each.status === 'decided' && each.candidateId === incumbentId);
  return scoreOf(state, incumbentId) ?? (keptBy?.status === 'decided' ? keptBy.after : undefined);
}

/** The primary score of a candidate outside of the test rows; the newest where there are several. */
export function scoreOf(state: RunState, candidateId: string): Aggregate | undefined {
  const metric = primaryMetric(state);
  const evaluation = state.evaluations.findLast(
    each =>
      each.candidateId === candidateId && each.split !== 'test' && each.purpose !== 'minibatch',
  );
  return metric === undefined ? undefined : evaluation?.scorecard[metric];
}

/** The one evaluation of an `evaluate` run, once it has ended. */
export function onlyEvaluation({ evaluations }: RunState): Evaluation | undefined {
  return evaluations.findLast(each => each.purpose === 'evaluate');
}

/**
 * The score that an asked-for target is held against: that of the prompt that the run returns, on
 * the test rows, which the search never saw; where there was no such look, on the validation rows.
 */
export function judgedScore(state: RunState): Aggregate | undefined {
  const metric = primaryMetric(state);
  if (metric === undefined) return undefined;
  if (state.header?.kind === 'evaluate') return onlyEvaluation(state)?.scorecard[metric];
  const { claim } = state;
  const bestId = state.ended?.bestId ?? state.incumbentId;
  const claimed = claim && (bestId === claim.originalId ? claim.original : claim.best);
  return claimed?.[metric] ?? scoreOf(state, bestId);
}
