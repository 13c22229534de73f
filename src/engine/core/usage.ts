/** Who a call was made for. */
export type Role = 'task' | 'optimizer' | 'judge';

/** What one answer used, attempts included. `usd` is absent where the price is not known. */
export interface Usage {
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly usd?: number;
  /** Whether the tokens are our estimate because the provider sent none. */
  readonly estimated: boolean;
  /** Requests that may have been billed though no answer came. */
  readonly possiblyPaid?: number;
  /** The answer came from the run's own record, or the workspace's cache, and cost nothing now. */
  readonly cached?: boolean;
}

/** Sum over many calls. `usd` covers the priced calls only; `unpriced` says how many are not. */
export interface Spending {
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly usd: number;
  readonly unpriced: number;
  readonly estimated: number;
  readonly possiblyPaid: number;
  /** Calls answered from the record or the cache instead of being paid again. */
  readonly cached: number;
  /** Tokens, in and out, that those would have taken. */
  readonly savedTokens: number;
  /** What those would have cost, as far as prices are known, and how many have none. */
  readonly savedUsd: number;
  readonly savedUnpriced: number;
}

/** Limits of a run; an absent one is no limit. */
export interface Budget {
  readonly usd?: number;
  readonly tokens?: number;
  readonly calls?: number;
  /** Of the run at work: what it is paused or stopped does not count. */
  readonly minutes?: number;
}

/** An amount of the things that a budget limits. */
export interface Amount {
  readonly calls: number;
  readonly tokens: number;
  readonly usd: number;
}

/** Nothing spent yet. */
export const noSpending: Spending = {
  calls: 0,
  inputTokens: 0,
  outputTokens: 0,
  usd: 0,
  unpriced: 0,
  estimated: 0,
  possiblyPaid: 0,
  cached: 0,
  savedTokens: 0,
  savedUsd: 0,
  savedUnpriced: 0,
};

/** Adds one answer's usage; an answer that cost nothing adds to what was saved only. */
export function addUsage(spending: Spending, usage: Usage): Spending {
  if (usage.cached) {
    return {
      ...spending,
      cached: spending.cached + usage.calls,
      savedTokens: spending.savedTokens + totalTokens(usage),
      savedUsd: spending.savedUsd + (usage.usd ?? 0),
      savedUnpriced: spending.savedUnpriced + (usage.usd === undefined ? usage.calls : 0),
    };
  }
  return {
    calls: spending.calls + usage.calls,
    inputTokens: spending.inputTokens + usage.inputTokens,
    outputTokens: spending.outputTokens + usage.outputTokens,
    usd: spending.usd + (usage.usd ?? 0),
    unpriced: spending.unpriced + (usage.usd === undefined ? usage.calls : 0),
    estimated: spending.estimated + (usage.estimated ? usage.calls : 0),
    possiblyPaid: spending.possiblyPaid + (usage.possiblyPaid ?? 0),
    cached: spending.cached,
    savedTokens: spending.savedTokens,
    savedUsd: spending.savedUsd,
    savedUnpriced: spending.savedUnpriced,
  };
}

/** Both sums together. */
export function plusSpending(left: Spending, right: Spending): Spending {
  return {
    calls: left.calls + right.calls,
    inputTokens: left.inputTokens + right.inputTokens,
    outputTokens: left.outputTokens + right.outputTokens,
    usd: left.usd + right.usd,
    unpriced: left.unpriced + right.unpriced,
    estimated: left.estimated + right.estimated,
    possiblyPaid: left.possiblyPaid + right.possiblyPaid,
    cached: left.cached + right.cached,
    savedTokens: left.savedTokens + right.savedTokens,
    savedUsd: left.savedUsd + right.savedUsd,
    savedUnpriced: left.savedUnpriced + right.savedUnpriced,
  };
}

/**
 * What two answers used together; the price is unknown where one of them is. An answer that cost
 * nothing adds nothing to one that was paid.
 */
export function joinedUsage(left: Usage, right: Usage): Usage {
  if (left.cached !== right.cached) return left.cached ? right : left;
  const usd = left.usd === undefined || right.usd === undefined ? undefined : left.usd + right.usd;
  const possiblyPaid = (left.possiblyPaid ?? 0) + (right.possiblyPaid ?? 0);
  return {
    calls: left.calls + right.calls,
    inputTokens: left.inputTokens + right.inputTokens,
    outputTokens: left.outputTokens + right.outputTokens,
    estimated: left.estimated || right.estimated,
    ...(usd === undefined ? {} : { usd }),
    ...(possiblyPaid > 0 ? { possiblyPaid } : {}),
    ...(left.cached ? { cached: true } : {}),
  };
}

/** Input and output tokens together. */
export function totalTokens(spending: Pick<Spending, 'inputTokens' | 'outputTokens'>): number {
  return spending.inputTokens + spending.outputTokens;
}

/** What is left of a budget when something was spent before its run. */
export function budgetAfter(budget: Budget, spent: Spending): Budget {
  const { calls, tokens, usd } = budget;
  return {
    ...budget,
    ...(calls === undefined ? {} : { calls: Math.max(0, calls - spent.calls) }),
    ...(tokens === undefined ? {} : { tokens: Math.max(0, tokens - totalTokens(spent)) }),
    ...(usd === undefined ? {} : { usd: Math.max(0, usd - spent.usd) }),
  };
}
