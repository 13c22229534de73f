import type { OperatorChoice } from '../core/foresight.ts';
import type { Random } from '../core/random.ts';
import { betaDraw } from './betaDraw.ts';

/** An operator that could be used now, with what is believed of it before it was tried: Beta(a, b). */
export interface Arm {
  readonly operator: string;
  readonly prior: readonly [a: number, b: number];
}

/** A trial that is over: what was used, in which context, and what it was worth. */
export interface Pull {
  readonly operator: string;
  readonly context: string;
  /** 0..1. */
  readonly reward: number;
}

/** What a pull counts less with every trial after it (section 3.7 of the design notes). */
const discount = 0.95;

/**
 * Discounted Thompson sampling (Raj and Kalyani 2017, arXiv 1707.09727): one Beta posterior for each
 * operator in each context, older rewards counting less, a number drawn from each, the highest wins.
 * Rewards between 0 and 1 count as parts of a success. `random` is used once for every arm, in order.
 */
export function chooseArm(
  arms: readonly Arm[],
  pulls: readonly Pull[],
  context: string,
  random: Random,
): OperatorChoice & { readonly operator: string } {
  const drawn = arms.map(arm => {
    const { a, b, tried } = posterior(arm, pulls, context);
    return { ...arm, draw: betaDraw(a, b, random), mean: a / (a + b), tried };
  });
  const [best] = [...drawn].sort((left, right) => right.draw - left.draw);
  if (!best) throw new Error('There is no operator to choose from.');
  const { operator, draw, mean, tried } = best;
  return {
    operator,
    draws: Object.fromEntries(drawn.map(each => [each.operator, rounded(each.draw)])),
    sentence: `${operator} of ${arms.length} ${arms.length === 1 ? 'operator' : 'operators'}: drew ${draw.toFixed(2)} from a mean of ${mean.toFixed(2)}, used ${tried === 1 ? 'once' : `${tried} times`} before in the context ${context}.`,
  };
}

function posterior({ operator, prior }: Arm, pulls: readonly Pull[], context: string) {
  let [a, b] = prior;
  let tried = 0;
  for (const [at, pull] of pulls.entries()) {
    if (pull.operator !== operator || pull.context !== context) continue;
    const weight = discount ** (pulls.length - 1 - at);
    a += weight * pull.reward;
    b += weight * (1 - pull.reward);
    tried += 1;
  }
  return { a, b, tried };
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
