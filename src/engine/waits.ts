import type { RunEvent } from './core/run.ts';

/** Wait events that the layers around the models tell of, until somebody takes them. */
export interface WaitQueue {
  push(event: RunEvent): void;
  take(): RunEvent[];
  /** Resolves when there is something to take. */
  arrived(): Promise<void>;
}

/** An empty queue. */
export function waitQueue(): WaitQueue {
  let queued: RunEvent[] = [];
  let tell: () => void = () => undefined;
  return {
    push: event => {
      queued.push(event);
      tell();
    },
    take: () => {
      const taken = queued;
      queued = [];
      return taken;
    },
    arrived: () =>
      queued.length > 0 ? Promise.resolve() : new Promise(resolve => (tell = resolve)),
  };
}

/**
 * The events of a run with the waits between them. A wait comes out at once: while every call is
 * held back by a rate limit there is no other event that could bring it along.
 */
export async function* withWaits(
  events: AsyncIterable<RunEvent>,
  waits: WaitQueue,
): AsyncGenerator<RunEvent> {
  const iterator = events[Symbol.asyncIterator]();
  try {
    let next = iterator.next();
    for (;;) {
      const came = await Promise.race([next.then(() => 'event'), waits.arrived()]);
      yield* waits.take();
      if (came !== 'event') continue;
      const result = await next;
      if (result.done) return;
      yield result.value;
      next = iterator.next();
    }
  } finally {
    await iterator.return?.();
  }
}
