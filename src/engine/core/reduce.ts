import type { Candidate } from './candidate.ts';
import type { Rollout } from './rollout.ts';
import type { RunEvent, RunState, TrialState } from './run.ts';
import { noOutcomes } from './score.ts';
import { addUsage, noSpending } from './usage.ts';

/** Before the first event. */
export const emptyRun: RunState = {
  candidates: {},
  incumbentId: '',
  evaluations: [],
  trials: [],
  spending: { task: noSpending, optimizer: noSpending },
  outcomes: noOutcomes,
  waitedMs: 0,
  saved: {},
};

/** The only way in which a run's state changes. Pure. */
export function reduce(state: RunState, event: RunEvent): RunState {
  switch (event.type) {
    case 'run-start': {
      const { original } = event.header;
      return {
        ...emptyRun,
        header: event.header,
        candidates: { [original.id]: original },
        incumbentId: original.id,
        saved: event.header.version > 0 ? { [original.id]: event.header.version } : {},
      };
    }
    case 'evaluation-start': {
      const { candidateId, split, purpose, rows } = event;
      return { ...state, running: { candidateId, split, purpose, rows, done: 0, failures: [] } };
    }
    case 'rollout-end':
      return withRollout(state, event.rollout);
    case 'evaluation-end': {
      const { running: _, ...rest } = state;
      return { ...rest, evaluations: [...state.evaluations, event.evaluation] };
    }
    case 'trial-start': {
      const { type: _, ...trial } = event;
      return { ...state, trials: [...state.trials, { status: 'running', ...trial }] };
    }
    case 'proposal-end':
      return withProposal(state, event);
    case 'variant':
      return withVariant(state, event);
    case 'trial-end':
      return {
        ...state,
        incumbentId: event.trial.accepted ? event.trial.candidateId : state.incumbentId,
        trials: replaceTrial(state, {
          status: 'decided',
          ...shownIn(trialNumbered(state, event.trial.number)),
          ...event.trial,
        }),
      };
    case 'trial-skip': {
      const { number, why } = event;
      const running = trialNumbered(state, number);
      const { parentId, operator } = running;
      return {
        ...state,
        trials: replaceTrial(state, {
          status: 'skipped',
          number,
          parentId,
          operator,
          ...shownIn(running),
          why,
        }),
      };
    }
    case 'wait':
      return {
        ...state,
        waitedMs: state.waitedMs + event.ms,
        lastWait: { ms: event.ms, why: event.why },
      };
    case 'claim-end':
      return { ...state, claim: event.claim };
    case 'version-save':
      return { ...state, saved: { ...state.saved, [event.candidateId]: event.version } };
    case 'run-end': {
      const { running: _, ...rest } = state;
      const { type: __, ...ended } = event;
      return { ...rest, ended };
    }
  }
}

function withRollout(state: RunState, rollout: Rollout): RunState {
  return {
    ...state,
    ...(state.running ? { running: withOneMore(state.running, rollout) } : {}),
    outcomes: { ...state.outcomes, [rollout.outcome]: state.outcomes[rollout.outcome] + 1 },
    spending: withUsages(state.spending, rollout),
  };
}

/** What a judge used stands with the optimizer model's: neither answers rows of the dataset. */
function withUsages(
  { task, optimizer }: RunState['spending'],
  { usage, scores }: Rollout,
): RunState['spending'] {
  const judged = Object.values(scores).flatMap(score => score.usage ?? []);
  return { task: addUsage(task, usage), optimizer: judged.reduce(addUsage, optimizer) };
}

function withOneMore(
  running: NonNullable<RunState['running']>,
  rollout: Rollout,
): NonNullable<RunState['running']> {
  // Only the few without a score are kept: to copy every rollout on every event is quadratic.
  const failures = rollout.outcome === 'ok' ? running.failures : [...running.failures, rollout];
  return { ...running, done: running.done + 1, failures };
}

function withProposal(
  state: RunState,
  event: Extract<RunEvent, { type: 'proposal-end' }>,
): RunState {
  const spending = {
    ...state.spending,
    optimizer: addUsage(state.spending.optimizer, event.usage),
  };
  const { candidate } = event;
  if (!candidate) return { ...state, spending };
  const running = trialNumbered(state, event.number);
  return {
    ...state,
    spending,
    candidates: withCandidate(state, candidate),
    trials: replaceTrial(state, {
      status: 'running',
      number: event.number,
      parentId: running.parentId,
      operator: running.operator,
      ...shownIn(running),
      candidateId: candidate.id,
    }),
  };
}

function withVariant(
  state: RunState,
  { number, candidate, composed }: Extract<RunEvent, { type: 'variant' }>,
): RunState {
  const candidates = withCandidate(state, candidate);
  if (!composed) return { ...state, candidates };
  const { parentId, operator, ...running } = trialNumbered(state, number);
  const trial: TrialState = {
    status: 'running',
    number,
    parentId,
    operator,
    ...(running.shown ? { shown: running.shown } : {}),
    candidateId: candidate.id,
    composed,
  };
  return { ...state, candidates, trials: replaceTrial(state, trial) };
}

// A prompt that comes up again keeps its first parents: else two could be each other's parent.
function withCandidate({ candidates }: RunState, candidate: Candidate) {
  return { ...candidates, [candidate.id]: candidates[candidate.id] ?? candidate };
}

function shownIn(trial: TrialState): Pick<TrialState, 'shown'> {
  return trial.shown ? { shown: trial.shown } : {};
}

function trialNumbered(state: RunState, number: number): TrialState {
  const trial = state.trials.find(each => each.number === number);
  if (!trial) throw new Error(`Trial ${number} has not started.`);
  return trial;
}

function replaceTrial(state: RunState, trial: TrialState): readonly TrialState[] {
  return state.trials.map(each => (each.number === trial.number ? trial : each));
}
