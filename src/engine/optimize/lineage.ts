import type { Rollout } from '../core/rollout.ts';
import type { RunState } from '../core/run.ts';
import { rolloutsOf } from './search.ts';

/**
 * The last known train rollout of each row along a candidate's ancestors, its own first. An
 * ancestor's pass is a good guess of a pass; only a candidate's own failure is shown as its failure.
 */
export function lineageRollouts(
  state: RunState,
  candidateId: string,
): ReadonlyMap<string, Rollout> {
  const known = new Map<string, Rollout>();
  const visited = new Set<string>();
  let id: string | undefined = candidateId;
  while (id !== undefined && !visited.has(id)) {
    visited.add(id);
    for (const [row, rollout] of rolloutsOf(state, id, 'train')) {
      if (!known.has(row)) known.set(row, rollout);
    }
    id = state.candidates[id]?.parents[0];
  }
  return known;
}
