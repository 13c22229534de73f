import type { Candidate } from './candidate.ts';
import type { RunEvent, RunState, TrialOrigin, TrialState } from './run.ts';
import { addUsage } from './usage.ts';

/** A proposal that has come: its usage, its candidate, and what is foreseen of it. */
export function withProposal(
  state: RunState,
  event: Extract<RunEvent, { type: 'proposal-end' }>,
): RunState {
  const spending = {
    ...state.spending,
    optimizer: addUsage(state.spending.optimizer, event.usage),
  };
  const { candidate, foresight, metaModel, proposals = 1 } = event;
  const running = trialNumbered(state, event.number);
  const { calls, inputTokens, outputTokens } = event.usage;
  const cost = {
    rows: running.cost.rows,
    proposals: calls === 0 ? 0 : proposals,
    tokens: inputTokens + outputTokens,
  };
  const known = { ...state, spending, ...(metaModel ? { metaModel } : {}) };
  const trial: TrialState = {
    status: 'running',
    number: event.number,
    parentId: running.parentId,
    operator: running.operator,
    ...originOf(running),
    cost,
    ...(foresight ? { foresight } : {}),
    ...(candidate ? { candidateId: candidate.id } : {}),
  };
  const trials = replaceTrial(state, trial);
  return candidate
    ? { ...known, candidates: withCandidate(state, candidate), trials }
    : { ...known, trials };
}

/** A candidate made of some of the edits of a proposal. */
export function withVariant(
  state: RunState,
  { number, candidate, composed }: Extract<RunEvent, { type: 'variant' }>,
): RunState {
  const candidates = withCandidate(state, candidate);
  if (!composed) return { ...state, candidates };
  const running = trialNumbered(state, number);
  const { parentId, operator } = running;
  const trial: TrialState = {
    status: 'running',
    number,
    parentId,
    operator,
    ...originOf(running),
    candidateId: candidate.id,
    composed,
  };
  return { ...state, candidates, trials: replaceTrial(state, trial) };
}

// A prompt that comes up again keeps its first parents: else two could be each other's parent.
function withCandidate({ candidates }: RunState, candidate: Candidate) {
  return { ...candidates, [candidate.id]: candidates[candidate.id] ?? candidate };
}

/** What a trial keeps from its beginning, however it goes on. */
export function originOf({
  shown,
  context,
  choice,
  foresight,
  cost,
  scored,
}: TrialState): TrialOrigin {
  return {
    ...(shown ? { shown } : {}),
    ...(context === undefined ? {} : { context }),
    ...(choice ? { choice } : {}),
    ...(foresight ? { foresight } : {}),
    ...(scored ? { scored } : {}),
    cost,
  };
}

/** The trials with what an evaluation has cost the one under way. */
export function withCost({ trials, running }: RunState): readonly TrialState[] {
  const last = trials.at(-1);
  if (last?.status !== 'running' || !running) return trials;
  const { rows, proposals, tokens } = last.cost;
  const cost = { rows: rows + running.done, proposals, tokens: tokens + running.tokens };
  return [...trials.slice(0, -1), { ...last, cost }];
}

/** The trial of this number; throws where it never began. */
export function trialNumbered(state: RunState, number: number): TrialState {
  const trial = state.trials.find(each => each.number === number);
  if (!trial) throw new Error(`Trial ${number} has not started.`);
  return trial;
}

/** The trials with this one in the place of its number. */
export function replaceTrial(state: RunState, trial: TrialState): readonly TrialState[] {
  return state.trials.map(each => (each.number === trial.number ? trial : each));
}
