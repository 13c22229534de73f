import { CancelledError, RequestError, type Estimate, type Range } from '../engine/index.ts';
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
    readonly signal: AbortSignal;
  },
): Promise<void> {
  await allowCost(estimate.usd, flags, place);
}

/** The same for an amount; undefined is one that is not known. */
export async function allowCost(
  usd: Range | undefined,
  flags: RunFlags,
  place: {
    readonly terminal: Pick<Terminal, 'asks' | 'ask'>;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  if (!mayCost({ usd }) || flags.yes || budgetOf(flags) !== undefined) return;
  const cost = usd ? formatRange(usd, formatUsd) : 'an amount that is not known';
  if (!place.terminal.asks) {
    throw new RequestError(
      `This run may cost ${cost}. Add --yes to go on, or limit it with --budget-usd, --budget-tokens or --budget-calls. Nothing was sent.`,
    );
  }
  const answer = await place.terminal.ask(`This may cost ${cost}. Go on? [y/N] `, place.signal);
  if (!/^y(es)?$/i.test(answer.trim())) throw new CancelledError();
}

/** Whether money may be spent: a price above 0, or one that is not known. */
export function mayCost({ usd }: { readonly usd?: Range | undefined }): boolean {
  return usd === undefined || usd.high > 0;
}
