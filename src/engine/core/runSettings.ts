import type { Shares } from './shares.ts';
import type { Budget } from './usage.ts';

/** The knobs of a run; every one has a default in `defaults.ts`. */
export interface RunSettings {
  /** Stop when the best candidate's validation score reaches this, 0..1. */
  readonly targetThreshold: number;
  /** Stop after this many trials in a row without an accepted one. */
  readonly patience: number;
  readonly maxIterations: number;
  /** Train rows that one trial looks at. */
  readonly sampleK: number;
  readonly budget: Budget;
  /** How an optimization divides the rows; absent: `usualShares`. */
  readonly shares?: Shares;
  /** Whether an optimization over few rows is cross-validated (`datasets/folds.ts`); absent: yes. */
  readonly crossValidation?: boolean;
  /** How often each prompt is asked about each row; absent: as `repeatsOf` says. */
  readonly repeats?: number;
  /** Seed of everything that is drawn. */
  readonly seed: number;
  readonly concurrency: number;
  readonly temperature?: number;
  /** Name of the search strategy; absent in old logs, where it is `reflect`. */
  readonly strategy?: string;
  /** The part of the prompt that may change; absent: `all`. */
  readonly component?: 'system' | 'output' | 'all';
  /** Whether a bandit chooses the operator of each trial; absent: no. */
  readonly bandit?: boolean;
  /** Whether the optimizer model sees rows that another prompt of the run did better on; absent: no. */
  readonly contrast?: boolean;
  /** Whether a meta-model may choose among proposals, once it has shown that it can; absent: no. */
  readonly metaModel?: boolean;
  /** Upper limit of one answer of the task model, in tokens. */
  readonly maxTokens: number;
}
