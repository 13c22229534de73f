import type { Rollout } from '../core/rollout.ts';
import type { Score } from '../core/score.ts';
import { changedRows } from '../core/statistics.ts';
import { scoreOf, type PrimaryMetric } from './search.ts';

/** Two prompts on the rows that both answered; at least one. */
export interface PairedRows {
  /** Scores of the first and of the second, in the same order of rows. */
  readonly before: readonly Score[];
  readonly after: readonly Score[];
  /** Corpus value of the second minus that of the first, −1..1. */
  readonly gain: number;
  /** Rows on which the second is better. */
  readonly fixed: number;
  /** Rows on which the second is worse. */
  readonly broken: number;
  /** Rows that the first answered and the second was refused, cut off or not to be judged on. */
  readonly lost: number;
}

/** Lines two prompts up, in the order of `exampleIds`; undefined where no row has both answers. */
export function pairRows(
  first: ReadonlyMap<string, Rollout>,
  second: ReadonlyMap<string, Rollout>,
  exampleIds: readonly string[],
  primary: PrimaryMetric,
): PairedRows | undefined {
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
  if (before.length === 0) return undefined;
  const gain = primary.metric.aggregate(after) - primary.metric.aggregate(before);
  return { before, after, gain, ...changedRows(before, after), lost };
}

/** Whether it may be a prompt's doing that a row has no score: a provider that gave no answer says nothing. */
export function isPromptsDoing(rollout: Rollout | undefined): boolean {
  return ['refused', 'cut', 'unscored'].includes(rollout?.outcome ?? '');
}
