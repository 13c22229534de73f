import { RequestError } from '../core/errors.ts';
import type { Amount, Budget } from '../core/usage.ts';

/** Throws a `RequestError` for a limit that is none. */
export function checkLimit(limit: keyof Budget, value: number | undefined): void {
  if (value === undefined || (Number.isFinite(value) && value >= 0)) return;
  throw new RequestError(`The budget of ${limit} must be a number of 0 or more, not ${value}.`);
}

/** The next call does not fit. */
export function passedSentence(
  limit: keyof Amount,
  budget: Budget,
  spent: Amount,
  aside: Amount,
): string {
  const kept = aside[limit] > 0 ? `, ${shown(limit, aside[limit])} kept for the final test` : '';
  return (
    `The next call could pass the budget of ${shown(limit, budget[limit] ?? 0)} ` +
    `(${shown(limit, spent[limit])} spent${kept}). Raise it and resume.`
  );
}

/** The minutes are over, or a wait would last longer than they do; times in minutes. */
export function timeSentence(minutes: number, ran: number, aside: number, waitMs: number): string {
  const shownMinutes = (value: number): string => `${Number(value.toFixed(1))} min`;
  const kept = aside > 0 ? `, ${shownMinutes(aside)} kept for the final test` : '';
  const used = `${shownMinutes(ran)} used${kept}`;
  return waitMs > 0
    ? `The wait of ${shownMinutes(waitMs / 60_000)} that the provider asks for would pass the budget of ${shownMinutes(minutes)} (${used}). Raise it and resume.`
    : `The budget of ${shownMinutes(minutes)} is used up (${used}). Raise it and resume.`;
}

/** Not even the final test fits. */
export function tooSmallSentence(limit: keyof Amount, budget: Budget, kept: Amount): string {
  return (
    `The budget of ${shown(limit, budget[limit] ?? 0)} is too small: the final test alone ` +
    `could need ${shown(limit, kept[limit])}. Raise it, or use fewer rows.`
  );
}

function shown(limit: keyof Amount, value: number): string {
  if (limit === 'usd') return `$${value.toFixed(value < 1 ? 4 : 2)}`;
  return `${Math.round(value)} ${limit}`;
}
