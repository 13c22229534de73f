import { RequestError } from '../../core/errors.ts';
import type { RefineRequest } from '../../core/refinement.ts';
import { chain } from './chain.ts';
import { clarity } from './clarity.ts';
import { iterative } from './iterative.ts';
import { minimalEdit } from './minimalEdit.ts';
import { personalized } from './personalized.ts';
import { shorten } from './shorten.ts';
import { structured } from './structured.ts';
import type { Technique } from './technique.ts';

/** Every technique, in the order in which a person should see them. */
export const techniques: readonly Technique[] = [
  clarity,
  structured,
  minimalEdit,
  shorten,
  iterative,
  chain,
  personalized,
];

/**
 * The techniques of a request. Nothing named: the plain rewrite, or a minimal edit where the prompt
 * has scored versions. Throws a `RequestError` for a name that does not exist and for two that
 * contradict each other.
 */
export function techniquesOf({ techniques: names, scored }: RefineRequest): Technique[] {
  if (names === undefined || names.length === 0) return scored ? [minimalEdit] : [];
  const chosen = [...new Set(names)].map(techniqueNamed);
  for (const each of chosen) {
    const other = chosen.find(({ name }) => each.excludes?.includes(name));
    if (other) {
      throw new RequestError(
        `The techniques ${each.name} and ${other.name} contradict each other; choose one of them.`,
      );
    }
  }
  return chosen;
}

function techniqueNamed(name: string): Technique {
  const found = techniques.find(technique => technique.name === name);
  if (found) return found;
  const known = techniques.map(technique => technique.name).join(', ');
  throw new RequestError(`There is no technique "${name}". Choose among ${known}.`);
}
