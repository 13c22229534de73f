import { samePrompt } from '../../core/prompt.ts';
import type { Rollout } from '../../core/rollout.ts';
import { withEdits } from '../edits/edit.ts';
import { candidateNamed, rolloutsOf, type SearchView } from '../search.ts';
import type { Action } from '../strategy.ts';
import { isHarmful, type RowChange } from './credit.ts';
import type { RunningTrial } from './race.ts';
import { editsFrom, sayOver } from './say.ts';

/** The child without the edits that broke more than they fixed; undefined where all or none did. */
export function withoutHarm(
  { number, parentId }: RunningTrial,
  candidateId: string,
  changes: readonly RowChange[],
  view: SearchView,
  isLast = false,
): Action | undefined {
  const parent = candidateNamed(view.state, parentId);
  const edits = editsFrom(parent, candidateNamed(view.state, candidateId));
  const kept = edits.filter(edit => !isHarmful(edit, changes, isLast));
  if (kept.length === edits.length || kept.length === 0) return undefined;
  const prompt = withEdits(parent.prompt, kept);
  const isOpen =
    !samePrompt(prompt, parent.prompt) &&
    view.refusalOf(prompt, { parent: parent.prompt }) === undefined;
  return isOpen ? { type: 'variant', number, prompt, composed: true } : undefined;
}

/** The proposal as it came. */
export function firstOf({ foresight }: RunningTrial, candidateId: string): string {
  return foresight?.proposalId ?? candidateId;
}

/** A child's rollouts, and the proposal's on rows on which what was left out of it has no say. */
export function withStandIns(
  own: ReadonlyMap<string, Rollout>,
  trial: RunningTrial,
  candidateId: string,
  view: SearchView,
): ReadonlyMap<string, Rollout> {
  const first = firstOf(trial, candidateId);
  if (first === candidateId) return own;
  const say = sayOver(view);
  const leftOut = editsFrom(
    candidateNamed(view.state, candidateId),
    candidateNamed(view.state, first),
  );
  const rows = new Map(view.validation.map(row => [row.id, row]));
  const known = new Map(own);
  for (const [id, rollout] of rolloutsOf(view.state, first, 'validation')) {
    const row = rows.get(id);
    if (!row || known.has(id) || leftOut.some(edit => say.onAnswer(edit, row, rollout))) continue;
    known.set(id, rollout);
  }
  return known;
}
