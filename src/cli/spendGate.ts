import { CancelledError, RequestError, type Estimate } from '../engine/index.ts';
import { formatRange, formatUsd } from '../panel/format.ts';
import { budgetOf, type RunFlags } from './flags.ts';
import type { Terminal } from './terminal.ts';

/**
 * Nothing is spent before the person has seen how much it may be: where a run may cost money and
 * no budget was named, a terminal asks once; in a pipe `--yes` or a budget has to say it.
 */
export async function allowSpending(
  estimate: Estimate,
  flags: RunFlags,
  place: {
    readonly terminal: Pick<Terminal, 'asks' | 'ask'>;
    readonly baseUrl: string | undefined;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  if (!mayCost(estimate, place.baseUrl) || flags.yes || budgetOf(flags) !== undefined) return;
  const cost = estimate.usd ? formatRange(estimate.usd, formatUsd) : 'an amount that is not known';
  if (!place.terminal.asks) {
    throw new RequestError(
      `This run may cost ${cost}. Add --yes to go on, or limit it with --budget-usd, --budget-tokens or --budget-calls. Nothing was sent.`,
    );
  }
  const answer = await place.terminal.ask(`This may cost ${cost}. Go on? [y/N] `, place.signal);
  if (!/^y(es)?$/i.test(answer.trim())) throw new CancelledError();
}

/** Whether money may be spent: a price above 0, or an unknown one that is not this machine's own. */
export function mayCost(estimate: Estimate, baseUrl: string | undefined): boolean {
  if (estimate.usd) return estimate.usd.high > 0;
  const elsewhere = estimate.unpriced.some(model => !model.startsWith('openai:'));
  return elsewhere || !isLoopback(baseUrl);
}

/** Whether an address is on this machine. */
export function isLoopback(baseUrl: string | undefined): boolean {
  const host = baseUrl === undefined ? undefined : URL.parse(baseUrl)?.hostname;
  return host !== undefined && /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(host);
}
