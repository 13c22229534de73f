import type { Size } from './tiers.ts';

/** Kind of task (`algorithms.md`, 4.1). */
export type Family =
  'T1' | 'T2' | 'T3' | 'T4' | 'T5' | 'T6' | 'T7' | 'T8' | 'T9' | 'T10' | 'T11' | 'T12';

/** In what a family differs from the plain one. */
export interface Traits {
  /** What the family asks of an optimizer. */
  readonly title: string;
  /** The size of its worlds. */
  resized(size: Size): Size;
  /** Rules beside which a word without effect often stands, and how often: 0..1. */
  readonly spurious: { readonly most: 'three' | 'all'; readonly share: number };
  /** Share of answers that cannot be read as long as the prompt does not ask for the form, 0..1. */
  readonly unreadable: number;
  /** How many times faster than usual length and number of rules wear compliance down. */
  readonly wear: number;
  /** Share of the optimizer's rows whose expected answer is another label, 0..1. */
  readonly wrongGold: number;
  /** How many rules no statement conveys, only examples. */
  readonly shownOnly: number;
  /** How surely an example near the case is followed: one example, two or more of one label; 0..1. */
  readonly examples: readonly [number, number];
  /** The original prompt: none of the rules, harmful ones, all, all as another model knew them. */
  readonly original: 'plain' | 'harmful' | 'saturated' | 'migrated';
  /** Whether a wrong label scores by its distance from the right one instead of 0. */
  readonly isGraded: boolean;
}

const plain: Traits = {
  title: 'plain',
  resized: size => size,
  spurious: { most: 'three', share: 0.6 },
  unreadable: 0.12,
  wear: 1,
  wrongGold: 0,
  shownOnly: 0,
  examples: [0.4, 0.55],
  original: 'plain',
  isGraded: false,
};

/** Singles that become conjunctions, two thirds of them. */
function conjunctive(size: Size): Size {
  const singles = Math.ceil(size.singles / 3);
  return { ...size, singles, conjunctions: size.conjunctions + size.singles - singles };
}

/** Nearly every single rule has an exception: stated alone it hurts. */
function exceptional(size: Size): Size {
  return { ...size, exceptions: Math.min(size.singles, 3 * size.exceptions + 1) };
}

/** The families by their names in the design. */
export const families: Readonly<Record<Family, Traits>> = {
  T1: plain,
  T2: { ...plain, title: 'mostly conjunctions', resized: conjunctive },
  T3: { ...plain, title: 'rules with exceptions', resized: exceptional },
  T4: { ...plain, title: 'a form that must be asked for', unreadable: 0.3 },
  T5: { ...plain, title: 'spurious words', spurious: { most: 'all', share: 0.8 } },
  T6: { ...plain, title: 'long prompts are followed badly', wear: 3 },
  T7: { ...plain, title: 'rules that only examples show', shownOnly: 3, examples: [0.75, 0.9] },
  T8: { ...plain, title: 'wrong labels', wrongGold: 0.05 },
  T9: { ...plain, title: 'a defective original', original: 'harmful' },
  T10: { ...plain, title: 'nothing to gain', original: 'saturated' },
  T11: { ...plain, title: 'another model', original: 'migrated' },
  T12: { ...plain, title: 'graded scores', isGraded: true },
};
