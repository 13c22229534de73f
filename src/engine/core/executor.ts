import type { Rollout, RolloutJob } from './rollout.ts';

/** Socket: runs jobs somewhere and yields each rollout as it finishes, in any order. */
export interface Executor {
  /** Ends early, without an error, when the signal aborts. Throws what stops the whole run. */
  run(jobs: readonly RolloutJob[], signal?: AbortSignal): AsyncIterable<Rollout>;
}
