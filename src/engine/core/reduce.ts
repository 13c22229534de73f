import type { Candidate } from './candidate.ts';
import type { Rollout } from './rollout.ts';
import type { RunEvent, RunState, Tally, TrialOrigin, TrialState } from './run.ts';
import { noOutcomes } from './score.ts';
import { addUsage, noSpending } from './usage.ts';

/** Before the first event. */
export const emptyRun: RunState = {
  candidates: {},
  incumbentId: '',
  evaluations: [],
  trials: [],
  spending: { task: noSpending, optimizer: noSpending, judge: noSpending },
  damagedAnswers: 0,
  judgeSpending: {},
  outcomes: noOutcomes,
  failures: {},
  waitedMs: 0,
  waits: {},
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
        ...(event.earlier ? { earlier: event.earlier } : {}),
        candidates: { [original.id]: original },
        incumbentId: original.id,
        saved: event.header.version > 0 ? { [original.id]: event.header.version } : {},
      };
    }
    case 'evaluation-start': {
      const { candidateId, split, purpose, rows } = event;
      return {
        ...state,
        running: { candidateId, split, purpose, rows, done: 0, tokens: 0, failures: [] },
      };
    }
    case 'rollout-end':
      return withRollout(state, event.rollout);
    case 'evaluation-end': {
      const { running: _, ...rest } = state;
      return {
        ...rest,
        evaluations: [...state.evaluations, event.evaluation],
        trials: withCost(state),
      };
    }
    case 'trial-start': {
      const { type: _, ...trial } = event;
      const cost = { rows: 0, proposals: 0, tokens: 0 };
      return { ...state, trials: [...state.trials, { status: 'running', ...trial, cost }] };
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
          ...originOf(trialNumbered(state, event.trial.number)),
          ...event.trial,
          ...(event.scored ? { scored: event.scored } : {}),
        }),
      };
    case 'trial-skip': {
      const { number, why, scored } = event;
      const running = trialNumbered(state, number);
      const { parentId, operator } = running;
      return {
        ...state,
        trials: replaceTrial(state, {
          status: 'skipped',
          number,
          parentId,
          operator,
          ...originOf(running),
          why,
          ...(scored ? { scored } : {}),
        }),
      };
    }
    case 'wait': {
      const { type: _, ...wait } = event;
      return {
        ...state,
        waitedMs: state.waitedMs + wait.ms,
        lastWait: wait,
        waits: oneMore(state.waits, wait.problem ?? 'other', wait),
      };
    }
    case 'cache-damage':
      return { ...state, damagedAnswers: state.damagedAnswers + event.entries };
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
    failures: withFailure(state.failures, rollout),
    spending: withUsages(state.spending, rollout),
    judgeSpending: withJudges(state.judgeSpending, rollout),
  };
}

function withUsages(
  { task, optimizer, judge }: RunState['spending'],
  { usage, scores, judgeUsage }: Rollout,
): RunState['spending'] {
  const judged = Object.values(scores).flatMap(score => score.usage ?? []);
  const all = judgeUsage ? [...judged, judgeUsage] : judged;
  return { task: addUsage(task, usage), optimizer, judge: all.reduce(addUsage, judge) };
}

function withJudges(
  spending: RunState['judgeSpending'],
  { scores, judgeUsages = {} }: Rollout,
): RunState['judgeSpending'] {
  const used = Object.entries(scores).flatMap(([metric, { usage }]) =>
    usage ? [[metric, usage] as const] : [],
  );
  const all = [...used, ...Object.entries(judgeUsages)];
  if (all.length === 0) return spending;
  const sums = new Map(Object.entries(spending));
  for (const [metric, usage] of all) {
    sums.set(metric, addUsage(sums.get(metric) ?? noSpending, usage));
  }
  return Object.fromEntries(sums);
}

function withFailure(
  failures: RunState['failures'],
  { outcome, problem, failure = '' }: Rollout,
): RunState['failures'] {
  if (outcome === 'ok' || outcome === 'not-run') return failures;
  const kind = outcome === 'failed' ? (problem ?? outcome) : outcome;
  return oneMore(failures, kind, { ms: 0, why: failure });
}

function oneMore<Kind extends string>(
  tallies: Readonly<Partial<Record<Kind, Tally>>>,
  kind: Kind,
  { ms, why }: Pick<Tally, 'ms' | 'why'>,
): Readonly<Partial<Record<Kind, Tally>>> {
  const before = tallies[kind];
  return {
    ...tallies,
    [kind]: { count: (before?.count ?? 0) + 1, ms: (before?.ms ?? 0) + ms, why },
  };
}

function withOneMore(
  running: NonNullable<RunState['running']>,
  rollout: Rollout,
): NonNullable<RunState['running']> {
  // Only the few without a score are kept: to copy every rollout on every event is quadratic.
  const failures = rollout.outcome === 'ok' ? running.failures : [...running.failures, rollout];
  const tokens = running.tokens + rollout.usage.inputTokens + rollout.usage.outputTokens;
  return { ...running, done: running.done + 1, tokens, failures };
}

function withProposal(
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

function withVariant(
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

function originOf({ shown, context, choice, foresight, cost, scored }: TrialState): TrialOrigin {
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
function withCost({ trials, running }: RunState): readonly TrialState[] {
  const last = trials.at(-1);
  if (last?.status !== 'running' || !running) return trials;
  const { rows, proposals, tokens } = last.cost;
  const cost = { rows: rows + running.done, proposals, tokens: tokens + running.tokens };
  return [...trials.slice(0, -1), { ...last, cost }];
}

function trialNumbered(state: RunState, number: number): TrialState {
  const trial = state.trials.find(each => each.number === number);
  if (!trial) throw new Error(`Trial ${number} has not started.`);
  return trial;
}

function replaceTrial(state: RunState, trial: TrialState): readonly TrialState[] {
  return state.trials.map(each => (each.number === trial.number ? trial : each));
}
