import { posteriorBetter } from '../core/statistics.ts';
import { points } from './figures.ts';
import type { PairedRows } from './paired.ts';

/** What is known about a child when it may be decided on. */
export interface AcceptanceFacts {
  readonly pair: PairedRows;
  /** Whether all validation rows have been run: there is nothing more to wait for. */
  readonly complete: boolean;
  readonly parentTokens: number;
  readonly childTokens: number;
}

/** Keep the child, refuse it, or look at more rows; with the reason for people. */
export interface Decision {
  readonly verdict: 'keep' | 'refuse' | 'look-further';
  readonly reason: string;
}

/** A rule that decides whether a child takes its parent's place. */
export type Acceptance = (facts: AcceptanceFacts) => Decision;

/** Posterior below which more rows are not worth their cost. */
const hopeless = 0.2;
/** Posterior from which a child is kept before all rows have been run … */
const sureEarly = 0.9;
/** … and the rows that must have been compared by then: on fewer, a few lucky ones are enough. */
const rowsForEarly = 100;
/** Posterior from which a child is kept when all rows have been run. */
const sureAtEnd = 0.7;
/** A tie is won by a child that is this much shorter. */
const shorterBy = 0.1;

/**
 * Paired Bayesian race (section 3.3 of the design notes): P(child is the better prompt) from the
 * rows on which the two differ. A child is kept only with more rows fixed than broken and a higher
 * value; a tie goes to the parent, unless the child is at least 10 % shorter. Rows on which only
 * the child was refused, cut off or not to be judged count against it here, though never as a 0.
 */
export const betterOnPairedRows: Acceptance = facts => {
  const { pair, complete } = facts;
  const { fixed } = pair;
  const broken = pair.broken + pair.lost;
  const posterior = posteriorBetter(fixed, broken);
  const better = fixed > broken && pair.gain > 0;
  const counts = describePair(pair, 'validation');
  const mayKeep = complete || pair.before.length >= rowsForEarly;
  if (better && mayKeep && posterior >= (complete ? sureAtEnd : sureEarly)) {
    return { verdict: 'keep', reason: `Kept: ${counts}.` };
  }
  if (complete) return refuseOrTakeShorter(facts, counts);
  if (posterior < hopeless) return { verdict: 'refuse', reason: `Not kept: ${counts}.` };
  return { verdict: 'look-further', reason: `Not decided yet: ${counts}.` };
};

/**
 * Whether a child that was tried on its minibatch is worth validation rows: it fixes more of these
 * rows than it breaks, or it ties and is shorter.
 */
export const promisingOnMinibatch: Acceptance = facts => {
  const { pair } = facts;
  const broken = pair.broken + pair.lost;
  const counts = describePair(pair, 'train');
  if (pair.fixed > broken) return { verdict: 'look-further', reason: `Promising: ${counts}.` };
  if (pair.fixed === broken && isShorter(facts)) {
    return { verdict: 'look-further', reason: `No worse and shorter: ${counts}.` };
  }
  return { verdict: 'refuse', reason: `Not kept: ${counts}.` };
};

function refuseOrTakeShorter(facts: AcceptanceFacts, counts: string): Decision {
  const { pair, parentTokens, childTokens } = facts;
  const tie = pair.lost === 0 && pair.fixed === pair.broken && pair.gain >= 0;
  if (!tie) return { verdict: 'refuse', reason: `Not kept: ${counts}.` };
  if (!isShorter(facts)) {
    return { verdict: 'refuse', reason: `Not kept: ${counts}; a tie goes to the earlier prompt.` };
  }
  const saved = Math.round(100 * (1 - childTokens / parentTokens));
  return { verdict: 'keep', reason: `Kept: ${counts}, and ${saved} % shorter.` };
}

function isShorter({ parentTokens, childTokens }: AcceptanceFacts): boolean {
  return childTokens <= (1 - shorterBy) * parentTokens;
}

/** What a pair of prompts did on the same rows, of one split or of several, for people. */
export function describePair(pair: PairedRows, split?: 'train' | 'validation'): string {
  const { fixed, broken, lost, gain, before } = pair;
  const rows = `${before.length} ${split ? `${split} ` : ''}${before.length === 1 ? 'row' : 'rows'}`;
  const without = lost > 0 ? `, ${lost} without a usable answer` : '';
  return `${fixed} fixed and ${broken} broken on ${rows}${without}, ${points(gain)}`;
}
