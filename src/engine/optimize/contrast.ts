import type { Rollout } from '../core/rollout.ts';
import { describeEdit, editsBetween } from './edits/edit.ts';
import { candidateNamed, rolloutsOf, scoreOf, type SearchView } from './search.ts';

/** Rows of a request that are shown with another candidate's answer, at most. */
const mostContrasts = 3;

/** A train row on which another candidate of the run did better. */
export interface Contrast {
  readonly exampleId: string;
  /** What the other candidate answered. */
  readonly output: string;
  /** What that one has in another wording than the prompt that is to be improved. */
  readonly change: string;
}

/**
 * Up to three train rows that a candidate gets wrong and another one of the run got right or less
 * wrong, the widest gap first (the contrast of SIMBA, `dspy.SIMBA`: one row, a good and a bad
 * answer). Recorded answers alone: it costs nothing.
 */
export function contrastsOf(view: SearchView, candidateId: string): Contrast[] {
  const { state, train, primary } = view;
  const own = rolloutsOf(state, candidateId, 'train');
  const value = (rollout: Rollout | undefined): number | undefined =>
    scoreOf(rollout, primary)?.value;
  const gaps = new Map<string, { readonly gap: number; readonly other: Rollout }>();
  for (const id of Object.keys(state.candidates)) {
    if (id === candidateId) continue;
    for (const [row, other] of rolloutsOf(state, id, 'train')) {
      const gap = (value(other) ?? 0) - (value(own.get(row)) ?? 1);
      if (gap > (gaps.get(row)?.gap ?? 0)) gaps.set(row, { gap, other });
    }
  }
  const { prompt } = candidateNamed(state, candidateId);
  return train
    .flatMap(({ id }) => {
      const found = gaps.get(id);
      return found ? [{ id, ...found }] : [];
    })
    .sort((a, b) => b.gap - a.gap)
    .slice(0, mostContrasts)
    .map(({ id, other }) => ({
      exampleId: id,
      output: other.output,
      change: editsBetween(prompt, candidateNamed(state, other.candidateId).prompt)
        .map(describeEdit)
        .join('\n'),
    }));
}
