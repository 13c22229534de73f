import type { RunState, TextChange } from '../engine/index.ts';
import { formatDuration } from './format.ts';
import type { RunView } from './messages.ts';
import { presentChart } from './presentChart.ts';
import { isSimulated } from './presentModels.ts';
import { presentNow } from './presentNow.ts';
import { presentErrors } from './presentErrors.ts';
import { presentResult, presentWinner } from './presentResult.ts';
import { validationScore, viewOfScore } from './presentScore.ts';
import { presentBudget, presentCostNotes, presentSpending } from './presentSpending.ts';
import { presentDetail, presentTrials } from './presentTrials.ts';
import { remedyButton, remedyOfError } from './remedies.ts';

/** Word-level difference of two texts. */
export type WordDiff = (before: string, after: string) => readonly TextChange[];

/** What the run's state does not hold: how it is being carried out, and what the person selected. */
export interface RunPresentation {
  readonly status: RunView['status'];
  readonly diff: WordDiff;
  readonly selectedTrial?: number;
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
  return {
    runId: header?.runId ?? '',
    title: header ? titleOf(header) : 'Starting',
    metric: header?.metrics[0] ?? '',
    taskModel: header?.taskModel ?? '',
    optimizerModel: header?.optimizerModel ?? '',
    simulated: [header?.taskModel, header?.optimizerModel].some(isSimulated),
    status: view.status,
    exportable: isExportable(state, view.status),
    ...presentNow(state, view.status),
    failed: state.ended?.reason === 'failed',
    ...(original ? { original: viewOfScore(original) } : {}),
    ...(best ? { best: viewOfScore(best) } : {}),
    target: header?.settings.targetThreshold ?? 1,
    trials: presentTrials(state),
    ...(selected ? { selected } : {}),
    chart: presentChart(state),
    spending: presentSpending(state),
    costNotes: presentCostNotes(state),
    ...presentBudget(state),
    errors: presentErrors(state),
    ...(state.waitedMs > 0 ? { waited: waitedFor(state) } : {}),
    ...(result ? { result } : {}),
    ...(winner ? { winner } : {}),
    ...(remedy ? { remedy } : {}),
    resumable: isResumable(state, view.status),
  };
}

function titleOf({ promptName, version, datasetName }: NonNullable<RunState['header']>): string {
  return `${version > 0 ? `${promptName} v${version}` : promptName} · ${datasetName}`;
}

function waitedFor({ waitedMs, lastWait }: RunState): string {
  return `Waited ${formatDuration(waitedMs)} for the provider${lastWait ? `: ${lastWait.why}` : ''}`;
}

/** Rows of a run under way would be half of them. */
function isExportable({ evaluations }: RunState, status: RunView['status']): boolean {
  return status === 'ended' && evaluations.length > 0;
}

function isResumable({ ended }: RunState, status: RunView['status']): boolean {
  if (status === 'interrupted') return true;
  return ended !== undefined && ['cancelled', 'budget', 'failed'].includes(ended.reason);
}

function remedyOf(state: RunState, status: RunView['status']): RunView['remedy'] {
  if (status === 'interrupted') return remedyButton('resume');
  return state.ended ? remedyOfError(state.ended.errorCode) : undefined;
}
