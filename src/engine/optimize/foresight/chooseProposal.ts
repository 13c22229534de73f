import type { ForeseenEdit } from '../../core/foresight.ts';
import type { Prompt } from '../../core/prompt.ts';
import { editsBetween } from '../edits/edit.ts';
import { candidateNamed, type SearchView } from '../search.ts';
import { featuresFor, reachOf } from './features.ts';
import { foreseen } from './foresee.ts';
import { predictorOf, standingOf, type Learned } from './metaModel.ts';

/** Proposals that are asked for where the meta-model may choose among them. */
export const siblings = 4;

/** Edits that were taken out of several proposals. */
export interface Pick {
  readonly prompt: Prompt;
  readonly edits: readonly ForeseenEdit[];
  readonly favoured: string;
}

/**
 * Out of several proposals for one parent the one whose edits promise most: the sum over its edits
 * of predicted worth times the share of failing rows that the edit speaks of.
 */
export function bestProposal(
  view: SearchView,
  parentId: string,
  proposals: readonly Prompt[],
  learned: Learned,
): Pick | undefined {
  const parent = candidateNamed(view.state, parentId).prompt;
  const predict = predictorOf(learned);
  const read = featuresFor(view, parentId);
  const each = proposals.map(prompt => editsBetween(parent, prompt));
  const options = proposals.map((prompt, at) => {
    const own = each[at] ?? [];
    const others = each.filter((_, other) => other !== at);
    const edits = own.map(edit => foreseen(edit, read(edit, own, others), predict));
    return { prompt, edits, worth: edits.reduce((sum, edit) => sum + promise(edit), 0) };
  });
  const [best] = [...options].sort((a, b) => b.worth - a.worth);
  if (!best) return undefined;
  const worths = options.map(({ worth }) => worth.toFixed(3)).join(', ');
  return {
    prompt: best.prompt,
    edits: best.edits,
    favoured: `Chosen of ${options.length} proposals: predicted to be worth ${best.worth.toFixed(3)} (all: ${worths}). ${standingOf(learned).sentence}`,
  };
}

function promise({ predicted = 0, features }: ForeseenEdit): number {
  return predicted * reachOf(features);
}
