import { editsBetween, withEdits, type Edit } from '../edits/edit.ts';
import { unitsOf } from '../edits/units.ts';
import { triedBefore } from '../guards.ts';
import {
  candidateNamed,
  incumbentOf,
  isFailure,
  rolloutsOf,
  scoreOf,
  type SearchView,
} from '../search.ts';
import type { Action } from '../strategy.ts';
import type { Candidate } from '../../core/candidate.ts';
import type { Prompt } from '../../core/prompt.ts';

/**
 * The edits of an earlier candidate put upon the best prompt: of the one that gets most rows right
 * which the best prompt gets wrong. It costs no optimizer call, since edits are at hand. Undefined
 * where no candidate passes such a row, or all were tried.
 */
export function mergeEdits(view: SearchView): Extract<Action, { type: 'try' }> | undefined {
  const { state } = view;
  const parent = incumbentOf(state);
  const options = state.trials.flatMap(trial => {
    if (trial.status !== 'decided' || trial.accepted) return [];
    const other = candidateNamed(state, trial.candidateId);
    const before = candidateNamed(state, trial.parentId);
    const prompt = withEdits(parent.prompt, rebased(before.prompt, other.prompt, parent.prompt));
    const why = triedBefore(prompt, state) ?? view.refusalOf(prompt, { parent: parent.prompt });
    if (why !== undefined) return [];
    const rows = complementOf(other, view);
    return rows > 0 ? [{ number: trial.number, prompt, rows }] : [];
  });
  const [best] = options.sort((a, b) => b.rows - a.rows);
  if (!best) return undefined;
  return {
    type: 'try',
    number: state.trials.length + 1,
    parentId: parent.id,
    operator: 'merge',
    prompt: best.prompt,
    rationale: `The edits of trial ${best.number}, which gets ${best.rows} ${best.rows === 1 ? 'row' : 'rows'} right that the best prompt gets wrong.`,
  };
}

/** Rows that a candidate gets right and the best prompt gets wrong. */
function complementOf(other: Candidate, { state, primary }: SearchView): number {
  return (['train', 'validation'] as const).reduce((sum, split) => {
    const theirs = rolloutsOf(state, other.id, split);
    const ours = rolloutsOf(state, state.incumbentId, split);
    const won = [...theirs].filter(
      ([id, each]) => scoreOf(each, primary)?.value === 1 && isFailure(ours.get(id), primary),
    );
    return sum + won.length;
  }, 0);
}

/** What led from one prompt to another, as edits of a third: lines that it does not have stay out. */
function rebased(before: Prompt, after: Prompt, onto: Prompt): Edit[] {
  return editsBetween(before, after).flatMap(edit => {
    const units = unitsOf(onto[edit.component]).map(({ text }) => text.trim());
    if (edit.removed === undefined) return [{ ...edit, at: units.length }];
    const at = units.indexOf(edit.removed.trim());
    return at < 0 ? [] : [{ ...edit, at }];
  });
}
