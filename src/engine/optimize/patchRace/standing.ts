import type { Candidate } from '../../core/candidate.ts';
import type { Example } from '../../core/example.ts';
import type { Rollout } from '../../core/rollout.ts';
import { lineageRollouts } from '../lineage.ts';
import { candidateNamed, type SearchView } from '../search.ts';
import { editsFrom, sayOver } from './say.ts';

/** From so many edits on, two prompts are too different for one to speak for the other. */
const mostEdits = 8;

/**
 * The train rollouts of a candidate's line that still hold: its own, and those of its ancestors on
 * rows on which no line that has come or gone since has a say. What a best prompt inherits need not
 * be paid for again.
 */
export function standingRollouts(id: string, view: SearchView): ReadonlyMap<string, Rollout> {
  const own = candidateNamed(view.state, id);
  const rows = new Map(view.train.map(row => [row.id, row]));
  const standing = new Map<string, Rollout>();
  for (const [rowId, rollout] of lineageRollouts(view.state, id)) {
    const row = rows.get(rowId);
    if (row && (rollout.candidateId === id || stillHolds(rollout, own, row, view))) {
      standing.set(rowId, rollout);
    }
  }
  return standing;
}

function stillHolds(rollout: Rollout, own: Candidate, row: Example, view: SearchView): boolean {
  const say = sayOver(view);
  const edits = editsFrom(candidateNamed(view.state, rollout.candidateId), own);
  return (
    edits.length <= mostEdits &&
    !edits.some(edit => say.isGeneral(edit) || say.onAnswer(edit, row, rollout))
  );
}
