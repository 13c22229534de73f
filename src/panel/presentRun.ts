import type { RunHolder, RunState, TextChange } from '../engine/index.ts';
import { presentBreakdown } from './presentBreakdown.ts';
import type { RunBreakdown } from './presentBreakdown.ts';
import type { RunView } from './messages.ts';
import { presentChart } from './presentChart.ts';
import { isSimulated } from './presentModels.ts';
import { presentHeat } from './presentHeat.ts';
import type { HeatWish } from './heatView.ts';
import { presentJudges } from './presentJudges.ts';
import { presentNow } from './presentNow.ts';
import { presentErrors, presentWithoutScore } from './presentErrors.ts';
import { presentResult, presentWinner } from './presentResult.ts';
import { presentRows, type RowsWish } from './presentRows.ts';
import { validationScore, viewOfScore } from './presentScore.ts';
import { presentBudget, presentCostNotes, presentSpending } from './presentSpending.ts';
import { presentDetail, presentTrials } from './presentTrials.ts';
import { remedyButton, remedyOfError, remedyOfFailures } from './remedies.ts';

/** Word-level difference of two texts. */
export type WordDiff = (before: string, after: string) => readonly TextChange[];

/** What the run's state does not hold: how it is being carried out, and what the person selected. */
export interface RunPresentation {
  readonly status: RunView['status'];
  readonly diff: WordDiff;
  readonly selectedTrial?: number;
  readonly rows?: RowsWish;
  readonly heat?: HeatWish;
  /** Requests that have left and not come back. */
  readonly underWay?: number;
  /** When a request that is held back is sent again, in milliseconds since 1970. */
  readonly nextTryAt?: number;
  readonly breakdown?: RunBreakdown;
  /** Who works on it, where this window only watches. */
  readonly holder?: RunHolder;
}

/** A run, live or ended, ready to show. Pure: the same state gives the same picture. */
export function presentRun(state: RunState, view: RunPresentation): RunView {
  const { header } = state;
  const best = validationScore(state, state.ended?.bestId ?? state.incumbentId);
  const original = header && validationScore(state, header.original.id);
  const selected = presentDetail(state, view.selectedTrial, view.diff);
  const remedy = remedyOf(state, view.status);
  const winner = presentWinner(state);
  const result = presentResult(state);
  const breakdown = presentBreakdown(state, view.breakdown);
  const rows = state.ended && presentRows(state, view.rows ?? { from: 0 });
  const heat = state.ended && presentHeat(state, view.heat ?? { from: 0, column: 0 });
  return {
    runId: header?.runId ?? '',
    title: header ? titleOf(header) : 'Starting',
    metric: header?.metrics[0] ?? '',
    taskModel: header?.taskModel ?? '',
    optimizerModel: header?.optimizerModel ?? '',
    simulated: [header?.taskModel, header?.optimizerModel].some(isSimulated),
    status: view.status,
    ...(view.holder && view.status === 'watched'
      ? {
          watching: `${runningElsewhere(view.holder)}. You are watching; it is paused and stopped there.`,
        }
      : {}),
    underWay: isUnderWay(view.status),
    exportable: isExportable(state, view.status),
    ...presentNow(state, view.status, view.underWay),
    failed: state.ended?.reason === 'failed',
    ...(original ? { original: viewOfScore(original) } : {}),
    ...(best ? { best: viewOfScore(best) } : {}),
    judgedBy: header?.folds === undefined ? 'rows kept aside' : 'searches that did not see the row',
    target: header?.settings.targetThreshold ?? 1,
    trials: presentTrials(state),
    ...(selected ? { selected } : {}),
    chart: presentChart(state),
    spending: presentSpending(state),
    costNotes: presentCostNotes(state),
    ...presentBudget(state),
    errors: presentErrors(state),
    ...presentWithoutScore(state),
    ...nextTryOf(state, view),
    ...(result ? { result } : {}),
    judges: presentJudges(state),
    ...(breakdown ? { breakdown } : {}),
    ...(rows ? { rows } : {}),
    ...(heat ? { heat } : {}),
    ...(winner ? { winner } : {}),
    ...(remedy ? { remedy } : {}),
    resumable: isResumable(state, view.status),
  };
}

/** "Running in another window (host, process 4711)". */
export function runningElsewhere({ host, pid }: Pick<RunHolder, 'host' | 'pid'>): string {
  return `Running in another window (${host}, process ${pid})`;
}

/** Whether a run goes on by itself, or would if nobody held it back. */
export function isUnderWay(status: RunView['status']): boolean {
  return status === 'running' || status === 'paused' || status === 'cancelling';
}

function titleOf({ promptName, version, datasetName }: NonNullable<RunState['header']>): string {
  return `${version > 0 ? `${promptName} v${version}` : promptName} · ${datasetName}`;
}

function nextTryOf(
  { lastWait }: RunState,
  { status, nextTryAt: at }: RunPresentation,
): Pick<RunView, 'nextTry'> {
  if (status !== 'running' || at === undefined || !lastWait) return {};
  return { nextTry: { at, why: lastWait.why } };
}

/** Rows of a run under way would be half of them. */
export function isExportable({ evaluations }: RunState, status: RunView['status']): boolean {
  return status === 'ended' && evaluations.length > 0;
}

function isResumable({ ended }: RunState, status: RunView['status']): boolean {
  if (status === 'interrupted') return true;
  return ended !== undefined && ['cancelled', 'budget', 'failed'].includes(ended.reason);
}

function remedyOf(state: RunState, status: RunView['status']): RunView['remedy'] {
  if (status === 'interrupted') return remedyButton('resume');
  const { ended, failures } = state;
  return ended?.errorCode === 'rows-failed'
    ? remedyOfFailures(failures)
    : remedyOfError(ended?.errorCode);
}
