import type { Candidate } from './candidate.ts';
import type { ProviderProblem } from './errors.ts';
import type { Example, Split } from './example.ts';
import type { Outcome, Score } from './score.ts';
import type { Usage } from './usage.ts';

/** One candidate to be run on one example: plain JSON, so that it may cross a wire. */
export interface RolloutJob {
  readonly id: string;
  readonly candidate: Candidate;
  readonly example: Example;
  readonly split: Split | 'all';
  readonly taskModel: string;
  readonly metrics: readonly string[];
  readonly temperature?: number;
  readonly maxTokens?: number;
  /** How often it is asked; absent: once. */
  readonly repeats?: number;
}

/** One of several answers of a candidate to a row. */
export interface Repeat {
  readonly outcome: Outcome;
  readonly output: string;
  /** The primary metric, 0..1; absent where the answer has no score. */
  readonly value?: number;
  readonly problem?: ProviderProblem;
  readonly failure?: string;
}

/**
 * One candidate run on one example. `scores` holds every metric where `outcome` is `ok`; asked several
 * times, they are the means over the answers that have a score.
 */
export interface Rollout {
  readonly jobId: string;
  readonly candidateId: string;
  readonly exampleId: string;
  /** Line of the dataset file where the row begins, so that a person finds the row. */
  readonly line?: number;
  readonly outcome: Outcome;
  readonly output: string;
  readonly scores: Readonly<Record<string, Score>>;
  readonly usage: Usage;
  /** How long the answer took, its last attempt alone; absent where none came, and in old logs. */
  readonly milliseconds?: number;
  /** What judges used for this row though it got no score from them. */
  readonly judgeUsage?: Usage;
  /** The same by the metric that asked; absent in old logs. */
  readonly judgeUsages?: Readonly<Record<string, Usage>>;
  /** Every answer, in the order in which they were asked; absent where it was asked once. */
  readonly repeats?: readonly Repeat[];
  /** Whether the answers' primary scores lie apart by more than `flakySpread`. */
  readonly flaky?: true;
  /** Why there is no score, as a sentence for people. */
  readonly failure?: string;
  /** What went wrong on the way to the provider; absent where it answered, and in old logs. */
  readonly problem?: ProviderProblem;
}
