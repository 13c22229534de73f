import { shuffled } from '../../src/engine/core/random.ts';
import { pick } from './draws.ts';
import type { Traits } from './families.ts';
import type { Size } from './tiers.ts';

/** A latent rule: all `when` present makes the answer `label`, unless a more specific rule does. */
export interface Rule {
  readonly when: readonly number[];
  readonly label: string;
}

/** Rules over the first concepts, in turn: single ones, conjunctions, exceptions to the single ones. */
export function rulesOf(size: Size, labels: readonly string[], random: () => number): Rule[] {
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

/** Rule → a word without effect that often stands beside it. */
export function spuriousOf(
  rules: number,
  causes: number,
  distractors: number,
  { spurious }: Traits,
  random: () => number,
): ReadonlyMap<number, number> {
  const paired = Math.min(spurious.most === 'all' ? distractors : 3, rules);
  const chosen = shuffled(
    Array.from({ length: rules }, (_, at) => at),
    random,
  ).slice(0, paired);
  return new Map(chosen.map((rule, at) => [rule, causes + at]));
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

/** A rule as a line of a prompt, in the words that `wordOf` chooses. */
export function ruleLine({ when, label }: Rule, wordOf: (concept: number) => string): string {
  return `- If ${when.map(wordOf).join(' and ')} comes up, answer ${label}.`;
}
