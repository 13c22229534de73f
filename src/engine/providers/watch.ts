import { ProviderError } from '../core/errors.ts';

/** Limits of one request. Connecting has Node's own limit of 10 seconds. */
export interface Timeouts {
  /** Until the answer's headers, in milliseconds. */
  readonly firstByteMs: number;
  /** Between two pieces of the answer, in milliseconds. */
  readonly idleMs: number;
  /** From the first to the last, in milliseconds. */
  readonly totalMs: number;
  /** Bytes of an answer, unpacked. */
  readonly answerBytes: number;
}

/** 60 s for the first byte, 30 s between pieces, 10 min in all, 1 MiB of answer. */
export const usualTimeouts: Timeouts = {
  firstByteMs: 60_000,
  idleMs: 30_000,
  totalMs: 600_000,
  answerBytes: 1 << 20,
};

/** The clock of one request. */
export interface Watch {
  readonly signal: AbortSignal;
  /** Something has to arrive within this time. */
  expect(ms: number): void;
  expired(): ProviderError | undefined;
  abandon(): void;
  close(): void;
}

/** Starts the clock of a request; `outer` stops it too. */
export function openWatch(limits: Timeouts, place: string, outer?: AbortSignal): Watch {
  const controller = new AbortController();
  let expired: ProviderError | undefined;
  const expire = (ms: number) => (): void => {
    expired = new ProviderError(
      'timeout',
      `${place} did not finish its answer within ${ms < 1000 ? `${ms} ms` : `${ms / 1000} s`}.`,
      { scope: 'row', possiblyPaid: 1 },
    );
    controller.abort();
  };
  const stop = (): void => controller.abort();
  outer?.addEventListener('abort', stop, { once: true });
  if (outer?.aborted) stop();
  const total = setTimeout(expire(limits.totalMs), limits.totalMs);
  let next: NodeJS.Timeout | undefined;
  return {
    signal: controller.signal,
    expect: ms => {
      clearTimeout(next);
      next = setTimeout(expire(ms), ms);
    },
    expired: () => expired,
    abandon: stop,
    close: () => {
      clearTimeout(total);
      clearTimeout(next);
      outer?.removeEventListener('abort', stop);
    },
  };
}
