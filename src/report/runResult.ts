import type {
  Aggregate,
  Breakdown,
  Candidate,
  Flaky,
  Fold,
  Claim,
  OutcomeCounts,
  Prompt,
  Rollout,
  RunHeader,
  RunState,
  Role,
  Spending,
  TextChange,
} from '../engine/index.ts';
import { flakyRows, textDiff } from '../engine/index.ts';
import { judgedScore, onlyEvaluation, primaryMetric, spentByAll } from './runFacts.ts';

/** A version that a run found saved or saved itself. */
export interface SavedVersion {
  readonly role: 'original' | 'winner' | 'candidate';
  readonly promptName: string;
  readonly number: number;
  /** Path of its text. */
  readonly path: string;
}

/** One line of the metric table; an evaluation has `after` alone. */
export interface MetricLine {
  readonly metric: string;
  readonly before?: Aggregate;
  readonly after?: Aggregate;
  /** After − before on the same rows; with an interval where the run computed one. */
  readonly difference?: { readonly value: number } & Partial<Aggregate>;
}

/** The best prompt, and its two components as word diffs against the original. */
export interface Changes {
  readonly prompt: Prompt;
  readonly system: readonly TextChange[];
  readonly output: readonly TextChange[];
}

/** What a fold's search found, on the rows that it never saw. */
export interface FoldResult {
  readonly number: number;
  /** Rows held out. */
  readonly rows: number;
  /** Id of the prompt; the original's where nothing better was found. */
  readonly found: string;
  /** Mean row score of the primary metric on them, 0..1; absent where none was scored. */
  readonly value?: number;
  readonly trials: number;
  /** Why its search ended. */
  readonly sentence: string;
}

/** Why a run ended, and after how long. */
export interface RunEnding {
  /** The reason for people. */
  readonly sentence: string;
  readonly errorCode?: string;
  /** The command that goes on with it; absent where there is nothing to go on with. */
  readonly resume?: string;
  readonly milliseconds: number;
}

/** All that is said of a run that has ended; the text, the JSON and the report are made from it. */
export interface RunResult {
  readonly header: RunHeader;
  readonly end: RunEnding & {
    readonly reason: string;
    /** How long all sessions worked on the run, where its log tells. */
    readonly ranMilliseconds?: number;
  };
  /** The prompt that the run returns: the original where nothing better was found. */
  readonly best: Candidate;
  readonly lines: readonly MetricLine[];
  readonly claim?: Claim;
  /** Labels, slices and worst rows of an evaluation. */
  readonly breakdown?: Breakdown;
  /** What went and came between the original and the best prompt; absent where they are the same. */
  readonly changes?: Changes;
  readonly trials: RunState['trials'];
  /** Folds of a cross-validation that have ended; empty where there was none. */
  readonly folds: readonly FoldResult[];
  /** Rows that flip when asked again; absent where rows were asked once. */
  readonly flaky?: Flaky;
  /** How far the meta-model can be trusted; absent where it was off. */
  readonly metaModel?: RunState['metaModel'];
  readonly outcomes: OutcomeCounts;
  /** Rows that have no score, the same row once. */
  readonly failures: readonly Rollout[];
  /** Scored rows of an evaluation, for the report. */
  readonly scored: readonly Rollout[];
  readonly spending: Readonly<Record<Role | 'total', Spending>>;
  /** The judges' part of it by the metric that asked. */
  readonly judgeSpending: RunState['judgeSpending'];
  /** Absent where no target was asked for. */
  readonly target?: { readonly asked: number; readonly score?: number; readonly reached: boolean };
  readonly versions: readonly SavedVersion[];
  /** Whether it went on with an interrupted run; the spending then covers its earlier sessions. */
  readonly resumed: boolean;
  readonly earlier?: RunState['earlier'];
  /** Entries of the workspace's cache that could not be trusted. */
  readonly damagedAnswers: number;
}

/** What a run's state does not say by itself. */
export interface ResultFacts {
  readonly end: RunEnding;
  /** The score that the person asked for, if any. */
  readonly asked?: number | undefined;
  readonly versions: readonly SavedVersion[];
  readonly breakdown?: Breakdown;
  readonly resumed?: boolean;
}

/** Puts the result together. */
export function runResult(state: RunState, header: RunHeader, facts: ResultFacts): RunResult {
  const { end, asked, versions, breakdown, resumed = false } = facts;
  const flaky = state.claim?.flaky ?? flakyRows(onlyEvaluation(state)?.rollouts ?? []);
  const best = state.candidates[state.ended?.bestId ?? state.incumbentId] ?? header.original;
  return {
    header,
    end: {
      ...end,
      reason: state.ended?.reason ?? 'failed',
      ...(state.ranMs === undefined ? {} : { ranMilliseconds: state.ranMs }),
    },
    best,
    lines: header.kind === 'evaluate' ? evaluatedLines(state) : claimedLines(state),
    ...(state.claim ? { claim: state.claim } : {}),
    ...(best.id === header.original.id ? {} : { changes: changesTo(best.prompt, header) }),
    ...(breakdown ? { breakdown } : {}),
    trials: state.trials,
    folds: state.folds.map(fold => foldResult(fold, header)),
    ...(state.metaModel ? { metaModel: state.metaModel } : {}),
    ...(flaky ? { flaky } : {}),
    outcomes: state.outcomes,
    failures: failuresOf(state),
    scored: onlyEvaluation(state)?.rollouts.filter(rollout => rollout.outcome === 'ok') ?? [],
    spending: { ...state.spending, total: spentByAll(state) },
    judgeSpending: state.judgeSpending,
    ...(asked === undefined ? {} : { target: targetReached(state, asked) }),
    versions,
    resumed,
    damagedAnswers: state.damagedAnswers,
    ...(state.earlier ? { earlier: state.earlier } : {}),
  };
}

function foldResult(
  { number, heldOut, winner, rollouts, trials, sentence }: Fold,
  { metrics }: RunHeader,
): FoldResult {
  const values = rollouts.flatMap(({ scores }) => scores[metrics[0] ?? '']?.value ?? []);
  const value = values.reduce((sum, each) => sum + each, 0) / values.length;
  return {
    number,
    rows: heldOut.length,
    found: winner.id,
    ...(values.length > 0 ? { value } : {}),
    trials,
    sentence,
  };
}

function changesTo(prompt: Prompt, { original }: RunHeader): Changes {
  const { system, output } = original.prompt;
  return {
    prompt,
    system: textDiff(system, prompt.system),
    output: textDiff(output, prompt.output),
  };
}

function targetReached(state: RunState, asked: number): NonNullable<RunResult['target']> {
  const score = judgedScore(state)?.value;
  return score === undefined
    ? { asked, reached: false }
    : { asked, score, reached: score >= asked };
}

function evaluatedLines(state: RunState): MetricLine[] {
  const scorecard = onlyEvaluation(state)?.scorecard ?? {};
  return (state.header?.metrics ?? []).map(metric => {
    const after = scorecard[metric];
    return { metric, ...(after ? { after } : {}) };
  });
}

function claimedLines(state: RunState): MetricLine[] {
  const { claim } = state;
  if (!claim) return [];
  return (state.header?.metrics ?? []).map(metric => {
    const before = claim.original[metric];
    const after = claim.best[metric];
    const guard = claim.guards?.find(each => each.metric === metric);
    const paired = metric === primaryMetric(state) ? claim.difference : guard?.difference;
    return {
      metric,
      ...(before ? { before } : {}),
      ...(after ? { after } : {}),
      ...(paired ? { difference: paired } : {}),
      ...(!paired && before && after ? { difference: { value: after.value - before.value } } : {}),
    };
  });
}

function failuresOf({ evaluations, folds, running }: RunState): Rollout[] {
  const ran = [...evaluations, ...folds].flatMap(each => each.rollouts);
  const rollouts = [...ran, ...(running?.failures ?? [])];
  const lost = rollouts.filter(({ outcome }) => outcome !== 'ok' && outcome !== 'not-run');
  const byRow = new Map(lost.map(each => [`${each.exampleId} ${each.failure ?? ''}`, each]));
  return [...byRow.values()].sort((left, right) => (left.line ?? 0) - (right.line ?? 0));
}
