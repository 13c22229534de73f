import type { Rollout } from '../core/rollout.ts';
import type { Aggregate, Score } from '../core/score.ts';
import { aggregateOf, pairedDifference } from '../core/statistics.ts';
import { scoreOf, type PrimaryMetric } from './search.ts';

/** Two candidates on the same rows; only rows that both answered are compared. */
export interface PairedRows {
  readonly before: readonly Score[];
  readonly after: readonly Score[];
  /** Rows on which the second is better. */
  readonly fixed: number;
  /** Rows on which the second is worse. */
  readonly broken: number;
  /** Rows that the first answered and the second was refused, cut off or not to be judged on. */
  readonly lost: number;
}

/** A pair with its aggregates; made only where there is at least one row to compare. */
export interface PairedSummary extends PairedRows {
  readonly beforeValue: Aggregate;
  readonly afterValue: Aggregate;
  /** second − first. */
  readonly difference: Aggregate;
}

/** Lines up the rows of two candidates, in the order of `exampleIds`. */
export function pairRows(
  first: ReadonlyMap<string, Rollout>,
  second: ReadonlyMap<string, Rollout>,
  exampleIds: readonly string[],
  primary: PrimaryMetric,
): PairedRows {
  const before: Score[] = [];
  const after: Score[] = [];
  let lost = 0;
  for (const id of exampleIds) {
    const left = scoreOf(first.get(id), primary);
    const right = scoreOf(second.get(id), primary);
    if (left && right) {
      before.push(left);
      after.push(right);
    } else if (left && isPromptsDoing(second.get(id))) {
      lost += 1;
    }
  }
  return { before, after, ...countChanges(before, after), lost };
}

/** Aggregates of a pair; undefined where no row was answered by both. */
export function summarizePair(
  pair: PairedRows,
  { metric }: PrimaryMetric,
  seed: number,
): PairedSummary | undefined {
  if (pair.before.length === 0) return undefined;
  return {
    ...pair,
    beforeValue: aggregateOf(pair.before, metric, seed),
    afterValue: aggregateOf(pair.after, metric, seed),
    difference: pairedDifference(pair.before, pair.after, metric, seed),
  };
}

// A provider that gave no answer says nothing about the prompt; these three may be its doing.
function isPromptsDoing(rollout: Rollout | undefined): boolean {
  return ['refused', 'cut', 'unscored'].includes(rollout?.outcome ?? '');
}

function countChanges(
  before: readonly Score[],
  after: readonly Score[],
): Pick<PairedRows, 'fixed' | 'broken'> {
  const gains = after.map((score, index) => score.value - (before[index]?.value ?? 0));
  return {
    fixed: gains.filter(gain => gain > 0).length,
    broken: gains.filter(gain => gain < 0).length,
  };
}
