import type { RunEvent, RunState } from '../../src/engine/index.ts';
import { aCandidate, aHeader, aScore, aUsage, evaluationEvents, foldRun } from './panelBuilders.ts';

/** A run of so many trials, each measured on 20 rows; every seventh is kept. */
export function longRun(trials: number): RunState {
  const state = foldRun([
    { type: 'run-start', header: aHeader() },
    ...evaluationEvents({ candidateId: 'original', purpose: 'original', score: aScore(0.5) }),
  ]);
  // Folding one event at a time copies the lists every time; a state of this size is put together.
  const each = Array.from({ length: trials }, (_, index) => trialOf(index + 1));
  return {
    ...state,
    candidates: {
      ...state.candidates,
      ...Object.fromEntries(each.map(({ candidate }) => [candidate.id, candidate])),
    },
    trials: each.map(({ trial }) => trial),
    evaluations: [...state.evaluations, ...each.map(({ evaluation }) => evaluation)],
    incumbentId: each.findLast(({ trial }) => trial.accepted)?.trial.candidateId ?? 'original',
  };
}

function trialOf(number: number) {
  const accepted = number % 7 === 0;
  const parent = Math.floor((number - 1) / 7) * 7;
  const parentId = parent === 0 ? 'original' : `c${parent}`;
  const candidate = aCandidate(`c${number}`, `Sort the ticket, way ${number}.`, {
    parents: [parentId],
  });
  const score = aScore(0.5 + (0.4 * number) / (number + 300), 20);
  const events = evaluationEvents({
    candidateId: candidate.id,
    split: 'validation',
    purpose: 'validation',
    score,
    usage: aUsage(),
  });
  const ended = events.at(-1) as Extract<RunEvent, { type: 'evaluation-end' }>;
  return {
    candidate,
    evaluation: ended.evaluation,
    trial: {
      status: 'decided' as const,
      cost: { rows: 20, proposals: 1, tokens: 4000 },
      number,
      parentId,
      candidateId: candidate.id,
      operator: 'reflect',
      before: score,
      after: score,
      fixed: 2,
      broken: 1,
      accepted,
      reason: accepted
        ? 'Kept: 2 rows fixed, 1 broken, and better on the validation rows.'
        : 'Refused: no difference on the rows that were tried.',
    },
  };
}
