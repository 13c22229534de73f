import { BudgetError, ProviderError, RequestError } from '../core/errors.ts';
import { checkLimit, passedSentence, timeSentence, tooSmallSentence } from './budgetSentences.ts';
import type {
  LanguageModel,
  ModelAnswer,
  ModelRequest,
  OnText,
  Price,
} from '../core/languageModel.ts';
import type { Amount, Budget, Usage } from '../core/usage.ts';
import { totalTokens } from '../core/usage.ts';
import { orCancelled, stopIfCancelled } from './cancel.ts';
import { mostRequestTokens } from './tokens.ts';

/** Money that is kept for calls under way; `settle` books what they really cost. */
export interface Reservation {
  settle(actual: Amount): void;
}

/** What outlives the process of the calls that are sent. */
export interface CallJournal {
  /** A request is about to leave; `most` is its worst case. */
  send(request: ModelRequest, most: Amount): void;
  /** No answer came; it may have been billed so often. */
  fail(request: ModelRequest, possiblyPaid: number): void;
}

/** One budget for all models of a run. */
export interface BudgetLedger {
  readonly budget: Budget;
  /**
   * Keeps the worst case of one call. Waits while calls under way may still give something back;
   * throws `BudgetError` where the call does not fit even then.
   */
  reserve(worst: Amount, signal?: AbortSignal): Promise<Reservation>;
  /**
   * Keeps a part back for later; the function it answers gives it free again, once. Throws
   * `BudgetError` where it does not fit; where earlier sessions have paid, what is left is kept.
   */
  setAside(amount: Partial<Amount> & { readonly minutes?: number }): () => void;
  /** Throws a `BudgetError` where a wait of so many milliseconds would last longer than the budget. */
  mayWait(ms: number): void;
  /** What has been booked, earlier sessions included. */
  spent(): Amount;
}

const nothing: Amount = { calls: 0, tokens: 0, usd: 0 };
const limits = ['usd', 'tokens', 'calls'] as const;
/** Answer limit of a request that names none, where tokens are limited at all. */
const answerTokens = 4096;

/**
 * Opens the budget. No request leaves when its minutes are over; what is under way then is finished
 * and kept.
 *
 * @param alreadySpent what earlier sessions of the run have paid
 * @param elapsedMs how long the run has been at work, earlier sessions included
 */
export function budgetLedger(
  budget: Budget,
  alreadySpent: Amount = nothing,
  elapsedMs: () => number = () => 0,
): BudgetLedger {
  for (const limit of [...limits, 'minutes'] as const) checkLimit(limit, budget[limit]);
  let spent = alreadySpent;
  let reserved = nothing;
  let aside = nothing;
  let asideMinutes = 0;
  let underWay = 0;
  let wake: (() => void)[] = [];

  const wakeAll = (): void => {
    const waiting = wake;
    wake = [];
    for (const go of waiting) go();
  };
  const refusal = (worst: Amount, kept: Amount) =>
    limits.find(limit => {
      const limited = budget[limit];
      // A dollar sum of many small parts is off by less than a billionth.
      return limited !== undefined && kept[limit] + worst[limit] > limited * (1 + 1e-12);
    });

  const isFirst = limits.every(limit => alreadySpent[limit] === 0);
  const leftOf = (amount: Amount, taken: Amount): Amount => {
    const left = (limit: (typeof limits)[number]): number =>
      Math.max(0, Math.min(amount[limit], (budget[limit] ?? Infinity) - taken[limit]));
    return { calls: left('calls'), tokens: left('tokens'), usd: left('usd') };
  };

  const mayWait = (ms: number): void => {
    if (budget.minutes === undefined) return;
    const ran = elapsedMs() / 60_000;
    if (ran + ms / 60_000 < budget.minutes - asideMinutes) return;
    throw new BudgetError('minutes', timeSentence(budget.minutes, ran, asideMinutes, ms));
  };

  const reserve = async (worst: Amount, signal?: AbortSignal): Promise<Reservation> => {
    for (;;) {
      stopIfCancelled(signal);
      mayWait(0);
      const settled = plus(spent, aside);
      const limit = refusal(worst, settled);
      if (limit) throw new BudgetError(limit, passedSentence(limit, budget, spent, aside));
      if (!refusal(worst, plus(settled, reserved))) break;
      await orCancelled(new Promise<void>(resolve => wake.push(resolve)), signal);
    }
    reserved = plus(reserved, worst);
    underWay += 1;
    let open = true;
    return {
      settle: actual => {
        if (!open) return;
        open = false;
        underWay -= 1;
        reserved = underWay === 0 ? nothing : plus(reserved, worst, -1);
        spent = plus(spent, actual);
        wakeAll();
      },
    };
  };

  const setAside = ({ minutes = 0, ...amount }: Parameters<BudgetLedger['setAside']>[0]) => {
    const taken = plus(plus(spent, aside), reserved);
    // An earlier session may have spent, as it should, what it had kept back: the rest is kept.
    const kept = isFirst ? { ...nothing, ...amount } : leftOf({ ...nothing, ...amount }, taken);
    const limit = refusal(kept, taken);
    if (limit) throw new BudgetError(limit, tooSmallSentence(limit, budget, kept));
    aside = plus(aside, kept);
    asideMinutes += minutes;
    let open = true;
    return () => {
      if (!open) return;
      open = false;
      aside = plus(aside, kept, -1);
      asideMinutes -= minutes;
      wakeAll();
    };
  };

  return { budget, reserve, setAside, mayWait, spent: () => spent };
}

/**
 * Books every call of a model: the worst case is reserved before it is sent, and what it really
 * cost is booked after, so the budget is never passed. A call that may have been billed although
 * no answer came is booked at its worst case. Adds `usd` to the usage where the price is known.
 *
 * The journal is told of every request just before it leaves.
 *
 * Throws a `RequestError` for a budget in USD and a model without a price: unknown is not $0.
 */
export function withLedger(
  model: LanguageModel,
  ledger: BudgetLedger,
  price: Price | undefined,
  journal?: CallJournal,
): LanguageModel {
  const { budget } = ledger;
  if (budget.usd !== undefined && price === undefined) {
    throw new RequestError(
      `The price of ${model.id} is not known, so a budget in USD cannot be kept. ` +
        'Limit tokens or calls instead, or choose a model with a listed price.',
      'choose-model',
    );
  }
  const limitsLength = budget.usd !== undefined || budget.tokens !== undefined;

  const generate = async (
    asked: ModelRequest,
    signal?: AbortSignal,
    onText?: OnText,
  ): Promise<ModelAnswer> => {
    // A budget cannot be kept against an answer of any length.
    const request =
      limitsLength && asked.maxTokens === undefined ? { ...asked, maxTokens: answerTokens } : asked;
    const worst = worstCase(request, price);
    const reservation = await ledger.reserve(worst, signal);
    let sent = false;
    try {
      journal?.send(asked, worst);
      sent = true;
      const answer = await model.generate(request, signal, onText);
      const usage = priced(answer.usage, price);
      reservation.settle(amountUsed(usage, worst));
      return { ...answer, usage };
    } catch (error) {
      // Cancelling a call that was sent does not take it back from the provider's bill.
      const cancelled = sent && signal?.aborted ? 1 : 0;
      const paid = error instanceof ProviderError ? error.possiblyPaid : cancelled;
      reservation.settle(times(worst, paid));
      // What a cancel interrupts may still be answered and billed: it stays in doubt.
      if (sent && !signal?.aborted) journal?.fail(asked, paid);
      throw error;
    }
  };

  return { ...model, generate };
}

function worstCase(request: ModelRequest, price: Price | undefined): Amount {
  const inputTokens = mostRequestTokens(request);
  const outputTokens = request.maxTokens ?? answerTokens;
  const usd = price ? inputTokens * price.inputUsd + outputTokens * price.outputUsd : 0;
  return { calls: 1, tokens: inputTokens + outputTokens, usd };
}

function amountUsed(usage: Usage, worst: Amount): Amount {
  const answered = { calls: usage.calls, tokens: totalTokens(usage), usd: usage.usd ?? 0 };
  return plus(answered, times(worst, usage.possiblyPaid ?? 0));
}

/** The usage with its cost, where the price is known. */
export function priced(usage: Usage, price: Price | undefined): Usage {
  if (usage.usd !== undefined || !price) return usage;
  const usd = usage.inputTokens * price.inputUsd + usage.outputTokens * price.outputUsd;
  return { ...usage, usd };
}

function plus(left: Amount, right: Amount, sign: 1 | -1 = 1): Amount {
  return {
    calls: left.calls + sign * right.calls,
    tokens: left.tokens + sign * right.tokens,
    usd: left.usd + sign * right.usd,
  };
}

function times(amount: Amount, count: number): Amount {
  return { calls: amount.calls * count, tokens: amount.tokens * count, usd: amount.usd * count };
}
