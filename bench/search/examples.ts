import type { Traits } from './families.ts';
import type { World } from './world.ts';

/** A case that a prompt shows together with its answer. */
export interface ShownExample {
  readonly concepts: ReadonlySet<number>;
  readonly label: string;
}

/** What an example says of a case, and how surely it is followed: 0..1. */
export interface Likeness {
  readonly label: string;
  readonly chance: number;
}

/** So far behind a case its answer may stand. */
const reach = 60;

/** The examples of a prompt, and its text without them, line by line as it was. */
export function readExamples(
  text: string,
  labels: ReadonlySet<string>,
  { lexicon }: Pick<World, 'lexicon'>,
): { readonly examples: readonly ShownExample[]; readonly rest: string } {
  const examples: ShownExample[] = [];
  const rest = text.replace(/Case K\d{6}: topic \w+; about ([^\n<]*)/gu, (found, about, at) => {
    const end = (at as number) + found.length;
    const behind = text.slice(end, end + reach).split('Case K')[0] ?? '';
    const label = (behind.match(/\p{Lu}{2,}/gu) ?? []).find(word => labels.has(word));
    const concepts = new Set(
      (about as string).split(/\s+/u).flatMap(word => lexicon.get(word) ?? []),
    );
    if (label !== undefined && concepts.size > 0) examples.push({ concepts, label });
    return '';
  });
  return { examples, rest };
}

/**
 * What the examples that have half of their concepts in common with a case say of it
 * (`algorithms.md`, 4.2, 5); undefined where none is near.
 */
export function likeness(
  examples: readonly ShownExample[],
  concepts: ReadonlySet<number>,
  { examples: [one, more] }: Traits,
): Likeness | undefined {
  const votes = new Map<string, number>();
  for (const example of examples) {
    const common = [...example.concepts].filter(each => concepts.has(each)).length;
    if (2 * common < example.concepts.size) continue;
    votes.set(example.label, (votes.get(example.label) ?? 0) + 1);
  }
  const best = [...votes].sort((a, b) => b[1] - a[1])[0];
  return best && { label: best[0], chance: best[1] > 1 ? more : one };
}
