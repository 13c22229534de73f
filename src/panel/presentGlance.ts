import type { RunState } from '../engine/index.ts';
import type { RunView } from './messages.ts';
import { presentNow } from './presentNow.ts';
import { isExportable, isUnderWay } from './presentRun.ts';
import { validationScore } from './presentScore.ts';

/** What is said of a run outside of its view: little, since it is asked for while nobody looks. */
export interface RunGlance {
  readonly underWay: boolean;
  readonly paused: boolean;
  readonly exportable: boolean;
  /** Number of the newest trial; 0 before the first. */
  readonly trial: number;
  /** The best score of the search so far, 0..1. */
  readonly best?: number;
  readonly now: string;
}

/** The run at a glance. Pure. */
export function presentGlance(
  state: RunState,
  status: RunView['status'],
  underWay: number,
): RunGlance {
  const best = validationScore(state, state.incumbentId)?.value;
  return {
    underWay: isUnderWay(status),
    paused: status === 'paused',
    exportable: isExportable(state, status),
    trial: state.trials.at(-1)?.number ?? 0,
    ...(best === undefined ? {} : { best }),
    now: presentNow(state, status, underWay).now,
  };
}
