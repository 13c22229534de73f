import type { EarlierSessions, RunEvent } from './core/run.ts';
import type { RunModels } from './parts.ts';
import type { RunClock } from './runClock.ts';
import type { CallLog } from './store/callLog.ts';

/** The event with what only the run's owner knows of its sessions. */
export function ownersEvent(event: RunEvent, calls: CallLog, ranMs: RunClock): RunEvent {
  switch (event.type) {
    case 'run-start':
      return { ...event, ...leftOpen(calls) };
    case 'evaluation-end':
    case 'run-end':
      return { ...event, ranMs: ranMs() };
    default:
      return event;
  }
}

/** What the person should know of the sessions before this one; nothing where all is settled. */
function leftOpen({ inFlight, damagedLines }: CallLog): { readonly earlier?: EarlierSessions } {
  return inFlight + damagedLines > 0 ? { earlier: { inFlight, damagedLines } } : {};
}

/** The run's events; it is over when the workspace keeps what was answered, and how fast. */
export async function* settledAfter(
  events: AsyncIterable<RunEvent>,
  models: RunModels,
  keepPaces: () => Promise<void>,
): AsyncGenerator<RunEvent> {
  try {
    yield* events;
  } finally {
    await keepPaces();
    await models.settled();
  }
}
