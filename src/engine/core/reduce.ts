import { withClaim, withFold, withFoldEnded, withSearch } from './reduceFold.ts';
import type { Repeat, Rollout } from './rollout.ts';
import {
  originOf,
  replaceTrial,
  trialNumbered,
  withCost,
  withProposal,
  withVariant,
} from './reduceTrials.ts';
import type { RunEvent, RunState, Tally } from './run.ts';
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
  folds: [],
  saved: {},
};

/** Events that a fold under way does not keep for its own search. */
const ofWholeRun: ReadonlySet<RunEvent['type']> = new Set([
  'run-start',
  'fold-end',
  'version-save',
  'run-end',
]);

/** The only way in which a run's state changes. Pure. */
export function reduce(state: RunState, event: RunEvent): RunState {
  if (state.fold && !ofWholeRun.has(event.type)) {
    return withSearch(state, reduce(state.fold.search, event));
  }
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
        ...(event.ranMs === undefined ? {} : { ranMs: event.ranMs }),
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
    case 'fold-start':
      return withFold(state, event, emptyRun);
    case 'fold-end':
      return withFoldEnded(state, event);
    case 'claim-end':
      return withClaim(state, event.claim);
    case 'version-save':
      return { ...state, saved: { ...state.saved, [event.candidateId]: event.version } };
    case 'run-end': {
      const { running: _, fold: __, ...rest } = state;
      const { type: ___, ranMs, ...ended } = event;
      return { ...rest, ...(ranMs === undefined ? {} : { ranMs }), ended };
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
  { outcome, problem, failure = '', repeats }: Repeat & Pick<Rollout, 'repeats'>,
): RunState['failures'] {
  if (outcome === 'not-run') return failures;
  // A row that has a score may have answers without one.
  if (outcome === 'ok') return (repeats ?? []).reduce(withFailure, failures);
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
