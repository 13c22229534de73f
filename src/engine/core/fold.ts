import type { Candidate } from './candidate.ts';
import type { Rollout } from './rollout.ts';
import type { RunState } from './run.ts';

/** One fold of a cross-validation: a search of its own, on all rows but those held out. */
export interface Fold {
  readonly number: number;
  /** Ids of the rows that its search never saw. */
  readonly heldOut: readonly string[];
  /** What its search found; the original where it found nothing better. */
  readonly winner: Candidate;
  /** The winner on the rows held out. */
  readonly rollouts: readonly Rollout[];
  /** Trials of its search. */
  readonly trials: number;
  /** Why its search ended. */
  readonly sentence: string;
}

/** A fold under way. */
export interface RunningFold {
  readonly number: number;
  readonly heldOut: readonly string[];
  /** As if it were a run by itself, but that spending and failures are those of the whole run. */
  readonly search: RunState;
}
