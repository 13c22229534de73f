import type {
  Aggregate,
  Breakdown,
  Claim,
  Comparison,
  OutcomeCounts,
  Rollout,
  RunHeader,
  RunState,
  Role,
  Spending,
} from '../engine/index.ts';
import { exitCodes, type ExitCode } from './exitCodes.ts';
import type { FollowedRun } from './followRun.ts';
import { judgedScore, onlyEvaluation, primaryMetric, spentByAll } from './runFacts.ts';

/** A version that a run found saved or saved itself. */
export interface SavedVersion {
  readonly role: 'original' | 'winner';
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

/** All that is said of a run that has ended; the text, the JSON and the report are made from it. */
export interface RunResult {
  readonly header: RunHeader;
  readonly exitCode: ExitCode;
  readonly end: Pick<FollowedRun, 'sentence' | 'errorCode' | 'resume' | 'milliseconds'> & {
    readonly reason: string;
  };
  readonly lines: readonly MetricLine[];
  readonly claim?: Claim;
  /** Labels, slices and worst rows of an evaluation. */
  readonly breakdown?: Breakdown;
  /** What went and came between the original and the winner. */
  readonly comparison?: Comparison;
  readonly trials: RunState['trials'];
  readonly outcomes: OutcomeCounts;
  /** Rows that have no score, the same row once. */
  readonly failures: readonly Rollout[];
  /** Scored rows of an evaluation, for the report. */
  readonly scored: readonly Rollout[];
  readonly spending: Readonly<Record<Role | 'total', Spending>>;
  /** Absent where no target was asked for. */
  readonly target?: { readonly asked: number; readonly score?: number; readonly reached: boolean };
  readonly versions: readonly SavedVersion[];
  /** Whether it went on with an interrupted run; the spending then covers its earlier sessions. */
  readonly resumed: boolean;
  readonly earlier?: RunState['earlier'];
}

/** Puts the result together; `asked` is the score that the person asked for, if any. */
export function runResult(
  run: FollowedRun,
  header: RunHeader,
  asked: number | undefined,
  saved: {
    readonly versions: readonly SavedVersion[];
    readonly comparison?: Comparison;
    readonly breakdown?: Breakdown;
    readonly resumed?: boolean;
  },
): RunResult {
  const { state } = run;
  const target = asked === undefined ? undefined : targetReached(state, asked);
  return {
    header,
    exitCode: exitCodeOfRun(run, target?.reached),
    end: {
      reason: state.ended?.reason ?? 'failed',
      sentence: run.sentence,
      milliseconds: run.milliseconds,
      ...(run.errorCode === undefined ? {} : { errorCode: run.errorCode }),
      ...(run.resume === undefined ? {} : { resume: run.resume }),
    },
    lines: header.kind === 'evaluate' ? evaluatedLines(state) : claimedLines(state),
    ...(state.claim ? { claim: state.claim } : {}),
    ...(saved.comparison ? { comparison: saved.comparison } : {}),
    ...(saved.breakdown ? { breakdown: saved.breakdown } : {}),
    trials: state.trials,
    outcomes: state.outcomes,
    failures: failuresOf(state),
    scored: onlyEvaluation(state)?.rollouts.filter(rollout => rollout.outcome === 'ok') ?? [],
    spending: { ...state.spending, total: spentByAll(state) },
    ...(target ? { target } : {}),
    versions: saved.versions,
    resumed: saved.resumed ?? false,
    ...(state.earlier ? { earlier: state.earlier } : {}),
  };
}

function targetReached(state: RunState, asked: number): NonNullable<RunResult['target']> {
  const score = judgedScore(state)?.value;
  return score === undefined
    ? { asked, reached: false }
    : { asked, score, reached: score >= asked };
}

function exitCodeOfRun(run: FollowedRun, reached: boolean | undefined): ExitCode {
  if (run.exitCode !== exitCodes.done) return run.exitCode;
  const { header } = run.state;
  // An evaluation in which no row could be scored has answered nothing.
  const empty = header?.kind === 'evaluate' && !judgedScore(run.state)?.count;
  return reached === false || empty ? exitCodes.below : exitCodes.done;
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

function failuresOf({ evaluations, running }: RunState): Rollout[] {
  const rollouts = [...evaluations.flatMap(each => each.rollouts), ...(running?.failures ?? [])];
  const lost = rollouts.filter(({ outcome }) => outcome !== 'ok' && outcome !== 'not-run');
  const byRow = new Map(lost.map(each => [`${each.exampleId} ${each.failure ?? ''}`, each]));
  return [...byRow.values()].sort((left, right) => (left.line ?? 0) - (right.line ?? 0));
}
