import { seededRandom, shuffled } from '../../src/engine/core/random.ts';
import { nonce, pick } from './draws.ts';
import { families, type Family, type Traits } from './families.ts';
import { drawRow, mislabelled, type Draw, type SimRow } from './rows.ts';
import { ruleLine, rulesOf, spuriousOf, type Rule } from './rules.ts';
import { sizes, type Tier } from './tiers.ts';

/** A language of its own, rules in it, and rows drawn by them (`algorithms.md`, 4.1). */
export interface World {
  readonly seed: number;
  readonly traits: Traits;
  /** Word → concept: what anybody who speaks the language knows. */
  readonly lexicon: ReadonlyMap<string, number>;
  /** Concept → its three words. */
  readonly words: readonly (readonly string[])[];
  /** Words that the task model does not know in a prompt. */
  readonly unheard: ReadonlySet<string>;
  readonly labels: readonly string[];
  readonly topics: readonly string[];
  readonly rules: readonly Rule[];
  /** Rules among them that no statement conveys, only examples. */
  readonly shownOnly: readonly Rule[];
  readonly original: string;
  /** Rows to optimize on. */
  readonly rows: readonly SimRow[];
  /** Rows for the final claim. */
  readonly testRows: readonly SimRow[];
  /** Rows that only the oracle sees. */
  readonly heldOut: readonly SimRow[];
}

const heldOutRows = 1500;

/** The world of a seed: the same every time. Random words and labels, so nothing can be known. */
export function worldOf(seed: number, tier: Tier, family: Family): World {
  const traits = families[family];
  const size = traits.resized(sizes[tier]);
  const random = seededRandom(seed, 'world', tier, family);
  const taken = new Set<string>();
  const word = (): string => {
    for (;;) {
      const made = nonce(random);
      if (taken.has(made)) continue;
      taken.add(made);
      return made;
    }
  };
  const causes = size.singles + 2 * size.conjunctions + size.exceptions;
  const words = Array.from({ length: causes + size.distractors }, () => [word(), word(), word()]);
  const lexicon = new Map(words.flatMap((each, at) => each.map(name => [name, at] as const)));
  const labels = Array.from({ length: size.labels }, () => word().toUpperCase());
  const topics = Array.from({ length: 6 }, word);
  const rules = rulesOf(size, labels, random);
  const spurious = spuriousOf(rules.length, causes, size.distractors, traits, random);
  const frequency = shuffled(
    rules.map((_, at) => 1 / (at + 1.5)),
    random,
  );
  const draw = { words, labels, topics, rules, spurious, frequency, causes, traits, random };
  const rows = (count: number, from: number): SimRow[] =>
    Array.from({ length: count }, (_, at) => drawRow(from + at, draw));
  const slips = seededRandom(seed, 'wrong labels', tier, family);
  return {
    seed,
    traits,
    lexicon,
    words,
    unheard: unheardOf(draw),
    labels,
    topics,
    rules,
    shownOnly: rules.slice(0, traits.shownOnly),
    original: originalOf(draw),
    rows: mislabelled(rows(size.rows, 100_000), draw, slips),
    testRows: mislabelled(rows(size.testRows, 300_000), draw, slips),
    heldOut: rows(heldOutRows, 500_000),
  };
}

/** The line that asks for the form in which answers can be read. */
export const formatLine = 'Write the answer between double angle brackets, like <<ANSWER>>.';

const opening =
  'You sort cases.\nRead the case and answer with its topic in capitals.\nSome words in a case may call for another answer.';

/** Another model than the one that the original was written for knows other words for most things. */
function unheardOf({ words, traits }: Draw): ReadonlySet<string> {
  if (traits.original !== 'migrated') return new Set();
  return new Set(words.flatMap(([first = ''], concept) => (concept % 3 === 0 ? [] : [first])));
}

function originalOf({ words, labels, rules, causes, traits, random }: Draw): string {
  const line = (rule: Rule): string => ruleLine(rule, concept => words[concept]?.[0] ?? '');
  switch (traits.original) {
    case 'plain':
      return opening;
    case 'saturated':
    case 'migrated':
      return [opening, formatLine, ...rules.map(line)].join('\n');
    case 'harmful': {
      const harmful = shuffled(
        Array.from({ length: words.length - causes }, (_, at) => causes + at),
        random,
      )
        .slice(0, 3)
        .map(concept => line({ when: [concept], label: pick(labels, random) }));
      return [opening, 'These rules are final; never change or remove them:', ...harmful].join(
        '\n',
      );
    }
  }
}
