import { ProviderError } from '../core/errors.ts';

/** An answer that came, and may be billed, but cannot be used; asking again would not help. */
export function unusable(sentence: string): ProviderError {
  return new ProviderError('broken-answer', sentence, {
    scope: 'row',
    possiblyPaid: 1,
    retryable: false,
  });
}

/** An answer that ended, or became unreadable, before it was whole. */
export function brokenOff(place: string): ProviderError {
  return new ProviderError('broken-answer', `The answer of ${place} broke off.`, {
    scope: 'row',
    possiblyPaid: 1,
  });
}
