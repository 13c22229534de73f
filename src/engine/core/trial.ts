import type { Split } from './example.ts';
import type { GuardMetric } from './metric.ts';
import type { Flaky } from './repeats.ts';
import type { Rollout } from './rollout.ts';
import type { Aggregate, OutcomeCounts } from './score.ts';
import type { GuardVerdict } from './statistics/guard.ts';

/** Why rows were run. */
export type Purpose = 'original' | 'minibatch' | 'validation' | 'claim' | 'evaluate';

/** Aggregates by metric name. */
export type Scorecard = Readonly<Record<string, Aggregate>>;

/** One candidate on one set of rows. */
export interface Evaluation {
  readonly candidateId: string;
  readonly split: Split | 'all';
  readonly purpose: Purpose;
  /** All metrics; where the purpose is `minibatch` or `validation`, the primary one only. */
  readonly scorecard: Scorecard;
  readonly outcomes: OutcomeCounts;
  readonly rollouts: readonly Rollout[];
}

/** One step of the search: what was tried against which parent, and what was decided. */
export interface Trial {
  readonly number: number;
  readonly parentId: string;
  readonly candidateId: string;
  readonly operator: string;
  /** The primary metric of parent and child on the same rows. */
  readonly before: Aggregate;
  readonly after: Aggregate;
  readonly fixed: number;
  readonly broken: number;
  readonly accepted: boolean;
  /** The decision in a sentence. */
  readonly reason: string;
}

/** What the untouched test rows say of the winner against the original. */
export interface Claim {
  readonly metric: string;
  readonly originalId: string;
  readonly bestId: string;
  readonly original: Scorecard;
  readonly best: Scorecard;
  /** Paired difference of the primary metric, best − original, with its 95 % interval. */
  readonly difference: Aggregate;
  readonly fixed: number;
  readonly broken: number;
  /** Two-sided p of McNemar's mid-p test (0/1 rows) or of the paired bootstrap; corrected across folds. */
  readonly pValue: number;
  readonly verdict: Verdict;
  /** Rows at which a difference of five points would show; absent where the verdict is clear. */
  readonly rowsNeeded?: number;
  /** The metrics that must not get worse; absent where there is none. */
  readonly guards?: readonly GuardResult[];
  /**
   * Of a cross-validation: its folds. `best` and `difference` are then of the folds' winners, each
   * on the rows that its fold held out, and `bestId` names the prompt of the search on all rows.
   */
  readonly folds?: number;
  /** Other runs in which these rows have judged a result of the prompt; absent: none. */
  readonly earlierClaims?: number;
  /** Rows that flip when asked again, with either prompt; absent where rows were asked once. */
  readonly flaky?: Flaky;
  /** What such a verdict is worth, for people. */
  readonly caveat?: string;
  /** The verdict for people. */
  readonly sentence: string;
}

/** What the same rows say of a metric that must not get worse. */
export interface GuardResult extends GuardMetric {
  /** `worse` refuses the candidate; `unclear` says that the rows are too few to be sure. */
  readonly verdict: GuardVerdict;
  /** Paired difference, after − before, with its 95 % interval. */
  readonly difference: Aggregate;
  /** The verdict for people. */
  readonly sentence: string;
}

export type Verdict = 'better' | 'worse' | 'not-distinguishable' | 'unchanged';
