import { shuffled } from '../../src/engine/core/random.ts';
import { pick, weighted } from './draws.ts';
import type { Traits } from './families.ts';
import { rulesFiring, type Rule } from './rules.ts';

/** One row: its text, the concepts in it, and the right answer. */
export interface SimRow {
  readonly anchor: string;
  readonly text: string;
  readonly topic: string;
  readonly concepts: ReadonlySet<number>;
  readonly gold: string;
}

/** What rows are drawn from. */
export interface Draw {
  readonly words: readonly (readonly string[])[];
  readonly labels: readonly string[];
  readonly topics: readonly string[];
  readonly rules: readonly Rule[];
  /** Rule → a word without effect that often stands beside it. */
  readonly spurious: ReadonlyMap<number, number>;
  readonly frequency: readonly number[];
  /** Concepts below this number have an effect. */
  readonly causes: number;
  readonly traits: Traits;
  readonly random: () => number;
}

const firing = 0.62;

/** A row in which a rule fires more often than not. */
export function drawRow(number: number, draw: Draw): SimRow {
  const { words, topics, rules, spurious, frequency, causes, random, traits } = draw;
  const fires = random() < firing;
  const at = fires ? weighted(frequency, random) : -1;
  const concepts = new Set(rules[at]?.when ?? []);
  const beside = spurious.get(at);
  if (beside !== undefined && random() < traits.spurious.share) concepts.add(beside);
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

/** The rows as a careless annotator labelled them: some expected answers are another label. */
export function mislabelled(
  rows: readonly SimRow[],
  { labels, traits }: Pick<Draw, 'labels' | 'traits'>,
  random: () => number,
): readonly SimRow[] {
  if (traits.wrongGold === 0) return rows;
  return rows.map(row => {
    if (random() >= traits.wrongGold) return row;
    const others = labels.filter(label => label !== row.gold);
    return { ...row, gold: pick(others, random) };
  });
}
