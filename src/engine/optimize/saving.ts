import type { Rollout } from '../core/rollout.ts';
import type { Evaluation } from '../core/trial.ts';
import { points } from './figures.ts';
import { margin } from './shipping.ts';

/** Requests that an amount of USD is said for: that of a single one has too many zeros to be read. */
const requests = 1000;

/**
 * What a shorter prompt saves, measured on the rows that both prompts were run on, and which loss is
 * excluded. The USD are those of whole requests, answers included; left out where a price is unknown.
 */
export function savingSentence(original: Evaluation, best: Evaluation): string {
  const after = new Map(best.rollouts.map(each => [each.exampleId, each]));
  const pairs = original.rollouts.flatMap(before => {
    const now = after.get(before.exampleId);
    return now && isAnswered(before) && isAnswered(now) ? [[before, now] as const] : [];
  });
  if (pairs.length === 0) return '';
  const mean = (of: (each: Rollout) => number, at: 0 | 1): number =>
    pairs.reduce((sum, pair) => sum + of(pair[at]), 0) / pairs.length;
  const tokens = ([0, 1] as const).map(at => mean(({ usage }) => usage.inputTokens, at));
  const [long = 0, short = 0] = tokens;
  const saved = Math.round(long - short);
  const share = long > 0 ? Math.round((100 * (long - short)) / long) : 0;
  return `The shorter prompt saves ${saved} of ${Math.round(long)} input tokens a request (${share} %)${usdSentence(pairs)}; a loss of ${points(margin).replace('+', '')} or more is excluded (one-sided, 5 %).`;
}

function usdSentence(pairs: readonly (readonly [Rollout, Rollout])[]): string {
  const costs = pairs.map(pair => pair.map(({ usage }) => usage.usd));
  if (costs.some(([before, now]) => before === undefined || now === undefined)) return '';
  const saved = costs.reduce((sum, [before = 0, now = 0]) => sum + before - now, 0);
  const amount = (requests * saved) / pairs.length;
  return amount === 0
    ? ''
    : `, USD ${amount.toPrecision(2)} per ${requests.toLocaleString('en-US')} requests`;
}

function isAnswered({ outcome, usage }: Rollout): boolean {
  return outcome === 'ok' && usage.calls > 0;
}
