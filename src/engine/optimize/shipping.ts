import type { Metric } from '../core/metric.ts';
import { excludesLoss, posteriorBetter } from '../core/statistics.ts';
import { points } from './figures.ts';
import type { PairedRows } from './paired.ts';

/** What a search is after: a prompt that scores higher, or a shorter one that is not worse. */
export type Aim = 'better' | 'shorter';

/** What is known of a search's winner when it is decided which prompt is returned. */
export interface ShippingFacts {
  /**
   * Winner against original, on validation rows and on test rows; none of them was shown to the
   * optimizer model. Undefined where no row has both answers.
   */
  readonly validation: PairedRows | undefined;
  readonly test: PairedRows | undefined;
  /** The same on train rows; a search for a shorter prompt learns no wording from them. */
  readonly train?: PairedRows | undefined;
  /** Whether the test rows alone show it to be better. */
  readonly claimedBetter: boolean;
  readonly aim: Aim;
  readonly metric: Metric;
  readonly seed: number;
  /**
   * Of a cross-validation: by how much its rows count for less (`foldVariance`). `test` then holds the
   * folds' winners, each on the rows held out.
   */
  readonly variance?: number;
}

/**
 * Posterior from which a winner is returned: the one-sided form of the level at which a claim is
 * made. Less lets through what only had luck on the rows that chose it.
 */
const sure = 0.975;
/** The loss that a shorter prompt must be shown not to exceed. */
export const margin = 0.05;

/**
 * The sentence why a winner is not returned and the original stays; undefined where it is returned.
 *
 * Returned is what the test rows show to be better, or what is better with a probability of
 * {@link sure} on validation and test rows together (Beta posterior of the rows that changed) and
 * not refuted by either. A shorter prompt has to be non-inferior instead (Piaggio et al. 2012, JAMA
 * 308): a loss of {@link margin} or more is excluded, one-sided at 5 %, on all rows together. Rows
 * that chose the lines count too, since without them most datasets are too small to exclude anything:
 * they favour the shorter prompt a little, unless a search has chosen the longer one on them before.
 * In a cross-validation the rows count for less, by its correction.
 */
export function reasonAgainst(facts: ShippingFacts): string | undefined {
  const { test, claimedBetter, aim, variance = 1 } = facts;
  const looks = looksOf(facts);
  const rows = looks.reduce((sum, pair) => sum + pair.before.length, 0);
  if (rows === 0) return 'No row was answered with both prompts, so the original stays.';
  if (claimedBetter) return undefined;
  const fixed = looks.reduce((sum, pair) => sum + pair.fixed, 0);
  const broken = looks.reduce((sum, pair) => sum + brokenIn(pair), 0);
  const which =
    facts.variance === undefined
      ? `${rows} rows${aim === 'shorter' ? '' : ' that it was not made from'}`
      : `${rows} looks at rows that were held out, or that it was not made from`;
  const counts = `${fixed} fixed and ${broken} broken on ${which}`;
  if (aim === 'shorter') {
    return isNotWorse(looks, facts)
      ? undefined
      : `The shorter prompt is not shown to lose less than ${points(margin).replace('+', '')} (${counts}), so the original stays.`;
  }
  // What folds hold out is all that did not choose the winner: it has to speak for it.
  const unsupported = facts.variance !== undefined && !(test && test.fixed > brokenIn(test));
  const refuted = unsupported || looks.some(pair => brokenIn(pair) > pair.fixed || pair.gain < 0);
  if (!refuted && posteriorBetter(fixed / variance, broken / variance) >= sure) return undefined;
  return `The prompt that won the search is not shown to be better (${counts}), so the original stays.`;
}

/** The rows that are looked at: train rows only where nothing was learned from them but what can go. */
function looksOf({ validation, test, train, aim }: ShippingFacts): PairedRows[] {
  return [validation, test, aim === 'shorter' ? train : undefined].flatMap(pair => pair ?? []);
}

function isNotWorse(
  looks: readonly PairedRows[],
  { metric, seed, variance = 1 }: ShippingFacts,
): boolean {
  const before = looks.flatMap(pair => pair.before);
  const after = looks.flatMap(pair => pair.after);
  const lost = looks.reduce((sum, pair) => sum + pair.lost, 0);
  // An answer that only the shorter prompt made unusable cannot be weighed: it speaks against it.
  return lost === 0 && excludesLoss(before, after, { metric, margin, seed, variance });
}

function brokenIn({ broken, lost }: PairedRows): number {
  return broken + lost;
}
