import { budgetAfter, RequestError } from '../engine/index.ts';
import type { Engine, Estimate, OptimizeRequest, Probe } from '../engine/index.ts';
import { formatCost, formatTokens, formatUsd, plural } from '../panel/format.ts';
import { totalTokens } from '../engine/index.ts';
import type { RunFlags } from './flags.ts';
import type { Shell } from './shell.ts';
import { allowCost } from './spendGate.ts';

/** What a probe has shown, and what of the request's budget it has left. */
export interface Probed {
  readonly probe: Probe | undefined;
  readonly request: OptimizeRequest;
}

/**
 * Says what three rows may cost, asks where a run would ask, and asks the model about them. Their cost
 * comes out of the budget.
 */
export async function probeFirst(
  kind: 'optimize' | 'evaluate',
  request: OptimizeRequest,
  { threeRows }: Estimate,
  flags: RunFlags,
  { engine, shell }: { readonly engine: Engine; readonly shell: Shell },
): Promise<Probed> {
  if (flags.cache === false || flags.cacheSize === 0) {
    throw new RequestError(
      '--probe keeps its answers in the cache, so that they are not paid twice; leave out --no-cache, or --probe.',
    );
  }
  const { calls, tokens, usd } = threeRows;
  const cost = usd === undefined ? 'an amount that is not known' : `${formatUsd(usd)} at most`;
  shell.terminal.err(
    `A probe first: ${plural(calls, 'call')}, ${formatTokens(tokens)} tokens and ${cost}.\n`,
  );
  const range = usd === undefined ? undefined : { low: 0, high: usd };
  await allowCost(range, flags, { terminal: shell.terminal, signal: shell.signal });
  const probe = await engine.probe(request, kind, shell.signal);
  if (!probe) {
    shell.terminal.err('The probe got no answer; the estimate stays as it was.\n');
    return { probe, request };
  }
  const { spending } = probe;
  shell.terminal.err(
    `The probe paid ${plural(spending.calls, 'call')}, ${formatTokens(totalTokens(spending))} tokens, ${formatCost(spending)}.\n`,
  );
  const { budget } = request.settings ?? {};
  if (!budget) return { probe, request };
  const settings = { ...request.settings, budget: budgetAfter(budget, probe.spending) };
  return { probe, request: { ...request, settings } };
}
