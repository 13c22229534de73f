import type { SearchView } from '../search.ts';

/** Trials since the last one that was kept. */
export function stalled({ state }: Pick<SearchView, 'state'>): number {
  const lastKept = state.trials.findLastIndex(each => each.status === 'decided' && each.accepted);
  return state.trials.length - 1 - lastKept;
}
