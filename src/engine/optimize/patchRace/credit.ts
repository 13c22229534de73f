import type { Example } from '../../core/example.ts';
import type { Rollout } from '../../core/rollout.ts';
import { incompleteBeta } from '../../core/statistics/beta.ts';
import type { Edit } from '../edits/edit.ts';
import { isPromptsDoing } from '../paired.ts';
import { candidateNamed, rolloutsOf, scoreOf, type SearchView } from '../search.ts';
import { editsFrom, sayOver } from './say.ts';

/** Rows on which a child is better and worse than its parent, weighed; 0 and more. */
export interface Credit {
  readonly fixed: number;
  readonly broken: number;
}

/** What became of one row. */
export interface RowChange {
  /** The child's score less its parent's, −1..1. */
  readonly change: number;
  /** The edits that can have done it. */
  readonly told: readonly Edit[];
}

/** What a changed row counts that no edit can have changed: mostly the noise of another wording. */
const untold = 0.25;
/** Posterior below which an edit is left out of its proposal: during the race, and of what is kept. */
const hopeless = 0.3;
const doubtful = 0.5;

/**
 * The validation rows on which a child does not score as its parent. `answers`: the child's rollouts, or
 * those that stand for them. A row that only the child left without a usable answer counts against
 * it, and against all of its edits.
 */
export function changesOn(
  rows: readonly Example[],
  parentId: string,
  childId: string,
  answers: ReadonlyMap<string, Rollout>,
  view: SearchView,
): RowChange[] {
  const { state, primary } = view;
  const say = sayOver(view);
  const edits = editsFrom(candidateNamed(state, parentId), candidateNamed(state, childId));
  const before = rolloutsOf(state, parentId, 'validation');
  return rows.flatMap((row): RowChange[] => {
    const first = before.get(row.id);
    const second = answers.get(row.id);
    const left = scoreOf(first, primary);
    if (!first || !second || !left) return [];
    const right = scoreOf(second, primary);
    if (!right) return isPromptsDoing(second) ? [{ change: -1, told: edits }] : [];
    const change = right.value - left.value;
    if (change === 0) return [];
    return [{ change, told: say.behind(edits, row, first, second) }];
  });
}

/** The changes in sum; all of them count in full where an edit may matter to any row. */
export function creditOf(changes: readonly RowChange[], isGeneral: boolean): Credit {
  return summed(
    changes.map(({ change, told }) => [change, isGeneral || told.length > 0 ? 1 : untold]),
  );
}

/**
 * Whether an edit seems to have broken more than it fixed, of what it alone or with others has done;
 * `isLast`: where the proposal is to be kept, less is enough.
 */
export function isHarmful(edit: Edit, changes: readonly RowChange[], isLast = false): boolean {
  const own = changes.filter(({ told }) => told.includes(edit));
  const credit = summed(own.map(({ change, told }) => [change, 1 / told.length]));
  return credit.broken > credit.fixed && posteriorOf(credit) < (isLast ? doubtful : hopeless);
}

/** P(the child fixes more than it breaks) under a flat prior: that of a Beta distribution above ½. */
export function posteriorOf({ fixed, broken }: Credit): number {
  return 1 - incompleteBeta(0.5, 1 + fixed, 1 + broken);
}

function summed(changes: readonly (readonly [change: number, weight: number])[]): Credit {
  let fixed = 0;
  let broken = 0;
  for (const [change, weight] of changes) {
    if (change > 0) fixed += weight * change;
    else broken -= weight * change;
  }
  return { fixed, broken };
}
