import type { TrialState } from '../core/run.ts';
import type { Pull } from './bandit.ts';

/** The gain of a kept child from which a trial has been worth all that it can be: five points. */
const fullGain = 0.05;
/** A request to the optimizer model without rows is about as dear as so many rows. */
const rowsOfRequest = 4;

/**
 * What a trial was worth to the bandit, 0..1 (section 3.7): 0 unless its child was kept; then its
 * gain in fives of points, less where it was dearer than the middle one of the trials before it.
 */
export function rewardOf(trial: TrialState, before: readonly TrialState[]): number {
  if (trial.status !== 'decided' || !trial.accepted) return 0;
  const gain = Math.max(0, trial.after.value - trial.before.value);
  const cost = costOf(trial);
  const usual = median(before.map(costOf)) ?? cost;
  return Math.min(1, gain / fullGain) * Math.min(1, usual / Math.max(1, cost));
}

/** The trials that are over as the bandit sees them; those without a choice count in no context. */
export function pullsOf(trials: readonly TrialState[]): Pull[] {
  const over = trials.filter(trial => trial.status !== 'running');
  return over.map((trial, at) => ({
    operator: trial.operator,
    context: trial.context ?? '',
    reward: rewardOf(trial, over.slice(0, at)),
  }));
}

/**
 * What a trial has cost, in rows: those that were answered for it, and for each answer of the
 * optimizer model as many as it was shown. Tokens would say more, but they differ where a request
 * was sent twice, and the same answers have to give the same run.
 */
export function costOf({ cost, shown = [] }: Pick<TrialState, 'cost' | 'shown'>): number {
  return cost.rows + cost.proposals * (shown.length + rowsOfRequest);
}

function median(values: readonly number[]): number | undefined {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
