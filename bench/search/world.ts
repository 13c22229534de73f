import { seededRandom, shuffled } from '../../src/engine/core/random.ts';
import { nonce, pick, weighted } from './draws.ts';

/** Size of a world (`algorithms.md`, 4.1). */
export type Tier = 'S' | 'M' | 'L';
/** Kind of task: plain, spurious words, a defective original, nothing to gain. */
export type Family = 'T1' | 'T5' | 'T9' | 'T10';

/** A latent rule: all `when` present and none of `unless` makes the answer `label`. */
export interface Rule {
  readonly when: readonly number[];
  readonly label: string;
}

/** One row: its text, the concepts in it, and the right answer. */
export interface SimRow {
  readonly anchor: string;
  readonly text: string;
  readonly topic: string;
  readonly concepts: ReadonlySet<number>;
  readonly gold: string;
}

/** A language of its own, rules in it, and rows drawn by them. */
export interface World {
  readonly seed: number;
  readonly family: Family;
  /** Word → concept: what anybody who speaks the language knows. */
  readonly lexicon: ReadonlyMap<string, number>;
  /** Concept → its three words. */
  readonly words: readonly (readonly string[])[];
  readonly labels: readonly string[];
  readonly topics: readonly string[];
  readonly rules: readonly Rule[];
  readonly original: string;
  /** Rows to optimize on. */
  readonly rows: readonly SimRow[];
  /** Rows for the final claim. */
  readonly testRows: readonly SimRow[];
  /** Rows that only the oracle sees. */
  readonly heldOut: readonly SimRow[];
}

interface Size {
  readonly singles: number;
  readonly conjunctions: number;
  readonly exceptions: number;
  readonly distractors: number;
  readonly labels: number;
  readonly rows: number;
  readonly testRows: number;
}

const sizes: Readonly<Record<Tier, Size>> = {
  S: {
    singles: 3,
    conjunctions: 1,
    exceptions: 0,
    distractors: 6,
    labels: 4,
    rows: 14,
    testRows: 6,
  },
  M: {
    singles: 5,
    conjunctions: 2,
    exceptions: 1,
    distractors: 6,
    labels: 6,
    rows: 140,
    testRows: 60,
  },
  L: {
    singles: 8,
    conjunctions: 4,
    exceptions: 3,
    distractors: 10,
    labels: 8,
    rows: 1400,
    testRows: 600,
  },
};

const heldOutRows = 1500;
const firing = 0.62;

/** The world of a seed: the same every time. Random words and labels, so nothing can be known. */
export function worldOf(seed: number, tier: Tier, family: Family): World {
  const size = sizes[tier];
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
  const spurious = spuriousOf(rules.length, causes, size.distractors, family, random);
  const frequency = shuffled(
    rules.map((_, at) => 1 / (at + 1.5)),
    random,
  );
  const draw = { words, labels, topics, rules, spurious, frequency, causes, family, random };
  const rows = (count: number, from: number): SimRow[] =>
    Array.from({ length: count }, (_, at) => drawRow(from + at, draw));
  return {
    seed,
    family,
    lexicon,
    words,
    labels,
    topics,
    rules,
    original: originalOf(draw),
    rows: rows(size.rows, 100_000),
    testRows: rows(size.testRows, 300_000),
    heldOut: rows(heldOutRows, 500_000),
  };
}

interface Draw {
  readonly words: readonly (readonly string[])[];
  readonly labels: readonly string[];
  readonly topics: readonly string[];
  readonly rules: readonly Rule[];
  /** Rule → a word without effect that often stands beside it. */
  readonly spurious: ReadonlyMap<number, number>;
  readonly frequency: readonly number[];
  readonly causes: number;
  readonly family: Family;
  readonly random: () => number;
}

function rulesOf(size: Size, labels: readonly string[], random: () => number): Rule[] {
  const any = (): string => pick(labels, random);
  const rules: Rule[] = [];
  let next = 0;
  for (let at = 0; at < size.singles; at++) rules.push({ when: [next++], label: any() });
  for (let at = 0; at < size.conjunctions; at++) {
    rules.push({ when: [next++, next++], label: any() });
  }
  for (let at = 0; at < size.exceptions; at++) {
    const base = rules[at] as Rule;
    const other = pick(
      labels.filter(label => label !== base.label),
      random,
    );
    rules.push({ when: [...base.when, next++], label: other });
  }
  return rules;
}

function spuriousOf(
  rules: number,
  causes: number,
  distractors: number,
  family: Family,
  random: () => number,
): ReadonlyMap<number, number> {
  const paired = Math.min(family === 'T5' ? distractors : 3, rules);
  const chosen = shuffled(
    Array.from({ length: rules }, (_, at) => at),
    random,
  ).slice(0, paired);
  return new Map(chosen.map((rule, at) => [rule, causes + at]));
}

function drawRow(number: number, draw: Draw): SimRow {
  const { words, topics, rules, spurious, frequency, causes, random, family } = draw;
  const fires = random() < firing;
  const at = fires ? weighted(frequency, random) : -1;
  const concepts = new Set(rules[at]?.when ?? []);
  const beside = spurious.get(at);
  if (beside !== undefined && random() < (family === 'T5' ? 0.8 : 0.6)) concepts.add(beside);
  const before = rulesFiring(rules, concepts)?.label;
  for (let extra = 1 + Math.floor(random() * 3); extra > 0; extra--) {
    // Words without effect, and halves of conjunctions, so that a half alone proves nothing.
    const from =
      random() < 0.7
        ? causes + Math.floor(random() * (words.length - causes))
        : Math.floor(random() * causes);
    const more = new Set([...concepts, from]);
    if (rulesFiring(rules, more)?.label === before) concepts.add(from);
  }
  if (concepts.size === 0) concepts.add(causes);
  const topic = pick(topics, random);
  const cause = new Set(rulesFiring(rules, concepts)?.when ?? []);
  const said = shuffled([...concepts], random).map(concept => {
    const name = pick(words[concept] as readonly string[], random);
    return random() < (cause.has(concept) ? 0.6 : 0.2) ? `stresses ${name}` : name;
  });
  const joins = ['the', 'then', 'with', 'and the'];
  const text = said.map((name, index) => (index === 0 ? name : `${pick(joins, random)} ${name}`));
  const anchor = `K${number}`;
  return {
    anchor,
    text: `Case ${anchor}: topic ${topic}; about ${text.join(' ')}`,
    topic,
    concepts,
    gold: rulesFiring(rules, concepts)?.label ?? topic.toUpperCase(),
  };
}

/** The most specific rule whose words are all there. */
export function rulesFiring(
  rules: readonly Rule[],
  concepts: ReadonlySet<number>,
): Rule | undefined {
  let best: Rule | undefined;
  for (const rule of rules) {
    if (!rule.when.every(each => concepts.has(each))) continue;
    if (!best || rule.when.length > best.when.length) best = rule;
  }
  return best;
}

/** The line that asks for the form in which answers can be read. */
export const formatLine = 'Write the answer between double angle brackets, like <<ANSWER>>.';

/** A rule as a line of a prompt. */
export function ruleLine({ words }: Pick<World, 'words'>, { when, label }: Rule): string {
  return `- If ${when.map(each => words[each]?.[0]).join(' and ')} comes up, answer ${label}.`;
}

const opening =
  'You sort cases.\nRead the case and answer with its topic in capitals.\nSome words in a case may call for another answer.';

function originalOf({ words, labels, rules, causes, family, random }: Draw): string {
  if (family === 'T10') {
    return [opening, formatLine, ...rules.map(rule => ruleLine({ words }, rule))].join('\n');
  }
  if (family !== 'T9') return opening;
  const harmful = shuffled(
    Array.from({ length: words.length - causes }, (_, at) => causes + at),
    random,
  )
    .slice(0, 3)
    .map(concept => ruleLine({ words }, { when: [concept], label: pick(labels, random) }));
  return [opening, 'These rules are final; never change or remove them:', ...harmful].join('\n');
}
