import type { Fold } from './fold.ts';
import type { Rollout } from './rollout.ts';
import type { RunEvent, RunState } from './run.ts';
import type { Claim } from './trial.ts';

/** What is counted over the whole run, its folds included. */
type Counters = Pick<
  RunState,
  | 'spending'
  | 'judgeSpending'
  | 'outcomes'
  | 'failures'
  | 'waitedMs'
  | 'lastWait'
  | 'waits'
  | 'damagedAnswers'
>;

/** A search that knows the original and nothing of the searches before it. */
export function withFold(
  state: RunState,
  { number, heldOut }: Extract<RunEvent, { type: 'fold-start' }>,
  blank: RunState,
): RunState {
  const { header, saved } = state;
  if (!header) throw new Error('A fold began before the run.');
  const { original } = header;
  const search = {
    ...blank,
    ...countersOf(state),
    header,
    saved,
    candidates: { [original.id]: original },
    incumbentId: original.id,
  };
  return { ...state, fold: { number, heldOut, search } };
}

/** The run with what one event has made of the search of its fold. */
export function withSearch(state: RunState, search: RunState): RunState {
  return state.fold ? { ...state, ...countersOf(search), fold: { ...state.fold, search } } : state;
}

/** The fold under way joins those that have ended. */
export function withFoldEnded(
  state: RunState,
  { winnerId, sentence }: Extract<RunEvent, { type: 'fold-end' }>,
): RunState {
  const { fold: running, ...rest } = state;
  const winner = running?.search.candidates[winnerId];
  if (!running || !winner) throw new Error('A fold ended that had not begun, or has no winner.');
  const { number, heldOut, search } = running;
  const fold: Fold = {
    number,
    heldOut,
    winner,
    rollouts: judgedRollouts(
      winnerId === state.header?.original.id ? state : search,
      winnerId,
      heldOut,
    ),
    trials: search.trials.length,
    sentence,
  };
  return { ...rest, folds: [...state.folds, fold] };
}

/** The run with its claim, and the answers that it is made of where folds gave them. */
export function withClaim(state: RunState, claim: Claim): RunState {
  if (claim.folds === undefined) return { ...state, claim };
  const answers = new Map(
    state.folds.flatMap(({ rollouts }) => rollouts).map(rollout => [rollout.exampleId, rollout]),
  );
  const original = state.evaluations.findLast(({ purpose }) => purpose === 'claim')?.rollouts ?? [];
  const heldOut = original.flatMap(({ exampleId }) => answers.get(exampleId) ?? []);
  return { ...state, claim, heldOut };
}

/** A candidate on these rows, as it was run on them to be judged. */
function judgedRollouts(
  { evaluations }: RunState,
  candidateId: string,
  exampleIds: readonly string[],
): readonly Rollout[] {
  const wanted = new Set(exampleIds);
  const judged = evaluations.findLast(
    each => each.purpose === 'claim' && each.candidateId === candidateId,
  );
  return (judged?.rollouts ?? []).filter(({ exampleId }) => wanted.has(exampleId));
}

function countersOf(state: RunState): Counters {
  const { spending, judgeSpending, outcomes, failures } = state;
  const { waitedMs, lastWait, waits, damagedAnswers } = state;
  return {
    spending,
    judgeSpending,
    outcomes,
    failures,
    waitedMs,
    waits,
    damagedAnswers,
    ...(lastWait ? { lastWait } : {}),
  };
}
