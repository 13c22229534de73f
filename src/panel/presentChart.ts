import type { Aggregate, RunState, TrialState } from '../engine/index.ts';
import type { ChartPoint } from './messages.ts';
import { isMeasured, validationScores, viewOfScore } from './presentScore.ts';

/** One point for the original and one for every decided trial, in the order of the calls spent. */
export function presentChart(state: RunState): readonly ChartPoint[] {
  const originalId = state.header?.original.id;
  const scores = validationScores(state);
  const original = originalId === undefined ? undefined : scores.get(originalId);
  if (originalId === undefined || !original) return [];
  const callsAt = callsByCandidate(state);
  const points: ChartPoint[] = [
    {
      ...pointOf(original),
      calls: callsAt.get(originalId)?.first ?? 0,
      trial: 0,
      status: 'original',
      ...bestOf(original),
    },
  ];
  let best = original;
  for (const trial of state.trials) {
    const score = scoreOf(scores, trial);
    if (!score || trial.status !== 'decided') continue;
    if (trial.accepted) best = score;
    points.push({
      ...pointOf(score),
      calls: callsAt.get(trial.candidateId)?.last ?? points.at(-1)?.calls ?? 0,
      trial: trial.number,
      status: trial.accepted ? 'kept' : 'refused',
      ...bestOf(best),
    });
  }
  return points;
}

/** On the validation rows where the trial came so far; else on the few rows of its minibatch. */
function scoreOf(scores: ReadonlyMap<string, Aggregate>, trial: TrialState): Aggregate | undefined {
  if (trial.status !== 'decided') return undefined;
  const measured = scores.get(trial.candidateId) ?? trial.after;
  return isMeasured(measured) ? measured : undefined;
}

function pointOf(score: Aggregate): Pick<ChartPoint, 'value' | 'low' | 'high' | 'text'> {
  const { value, low, high, text } = viewOfScore(score);
  return { value, low, high, text };
}

function bestOf(score: Aggregate): Pick<ChartPoint, 'best' | 'bestLow' | 'bestHigh'> {
  const { value, low, high } = viewOfScore(score);
  return { best: value, bestLow: low, bestHigh: high };
}

/** Task calls of the whole run when a candidate was first and last measured in the search. */
function callsByCandidate(
  state: RunState,
): ReadonlyMap<string, { readonly first: number; readonly last: number }> {
  const found = new Map<string, { first: number; last: number }>();
  let calls = 0;
  for (const { candidateId, rollouts, purpose } of state.evaluations) {
    for (const { usage } of rollouts) calls += usage.cached ? 0 : usage.calls;
    if (purpose === 'claim') continue;
    found.set(candidateId, { first: found.get(candidateId)?.first ?? calls, last: calls });
  }
  return found;
}
