import { affinityOver } from './affected.ts';
import { withEdits, type Edit } from './edits/edit.ts';
import { brokenLock, locksIn } from './locks.ts';
import { lineageRollouts } from './lineage.ts';
import { incumbentOf, isFailure, scoreOf, type SearchView } from './search.ts';
import type { Rollout } from '../core/rollout.ts';
import { changeable } from './component.ts';
import { deletions } from './edits/deletions.ts';

/** What the bandit looks at before it chooses, and the rows and lines behind it. */
export interface Situation {
  /** Its name: the bits that hold, joined by `+`, or `plain`. */
  readonly context: string;
  /** Share of failures among the train rows whose outcome is known, 0..1. */
  readonly failureRate: number;
  /** Failing rows whose answer has another form than the passing ones. */
  readonly misshapen: readonly string[];
  /** Lines of the search's own that speak of failing rows, most of these first. */
  readonly misfiring: readonly Misfire[];
}

/** A line with the train rows that it speaks of, by how they were answered. */
export interface Misfire {
  readonly line: string;
  readonly failing: readonly string[];
  readonly passing: readonly string[];
}

/** Shares from which a bit of the context holds (section 3.7 of the design notes). */
const many = { failures: 0.3, misshapen: 0.2, misfires: 0.3 };
/** Forms of passing answers above which form says nothing: free text. */
const mostForms = 4;
/** How strongly a line has to speak of a row. */
const strong = 1;

/** Looks at the best prompt's train rows and lines. */
export function situationOf(view: SearchView): Situation {
  const { state, train, primary } = view;
  const parent = incumbentOf(state);
  const rollouts = lineageRollouts(state, parent.id);
  const known = train.filter(row => scoreOf(rollouts.get(row.id), primary));
  const failing = known.filter(row => isFailure(rollouts.get(row.id), primary));
  const failureRate = failing.length / Math.max(1, known.length);
  const misshapen = misshapenRows(
    known.flatMap(row => rollouts.get(row.id) ?? []),
    view,
  );
  const affinity = affinityOver(train);
  const locks = locksIn(view);
  const misfiring = deletions(parent.prompt, changeable(view.settings))
    .filter(edit => brokenLock(withEdits(parent.prompt, [edit]), locks) === undefined)
    .map((edit: Edit): Misfire => {
      const spoken = known.filter(row => affinity(edit, row) >= strong);
      const wrong = new Set(failing.map(row => row.id));
      const ids = spoken.map(row => row.id);
      return {
        line: edit.removed ?? '',
        failing: ids.filter(id => wrong.has(id)),
        passing: ids.filter(id => !wrong.has(id)),
      };
    })
    .filter(({ failing: wrong }) => wrong.length > 0)
    .sort((a, b) => b.failing.length - a.failing.length);
  const hit = new Set(misfiring.flatMap(({ failing: wrong }) => wrong)).size;
  const bits = [
    ...(failureRate > many.failures ? ['many-failures'] : []),
    ...(misshapen.length > many.misshapen * failing.length ? ['format'] : []),
    ...(hit > many.misfires * failing.length ? ['misfires'] : []),
  ];
  return { context: bits.join('+') || 'plain', failureRate, misshapen, misfiring };
}

/**
 * Failing rows whose answer has a form that no passing answer has: letters and digits taken as
 * alike, brackets, marks and line ends as they are. None where passing answers have many forms.
 */
function misshapenRows(rollouts: readonly Rollout[], { primary }: SearchView): string[] {
  const forms = new Set(
    rollouts.filter(each => scoreOf(each, primary)?.value === 1).map(each => formOf(each.output)),
  );
  if (forms.size === 0 || forms.size > mostForms) return [];
  return rollouts
    .filter(each => isFailure(each, primary) && !forms.has(formOf(each.output)))
    .map(each => each.exampleId);
}

function formOf(text: string): string {
  return text
    .trim()
    .replace(/\p{L}[\p{L}\p{M}'’_-]*/gu, 'a')
    .replace(/\p{N}[\p{N}.,]*/gu, '0')
    .replace(/[^\S\n]+/gu, ' ')
    .slice(0, 200);
}
