import { RequestError } from './core/errors.ts';
import type { RunEvent } from './core/run.ts';
import type { EngineParts } from './parts.ts';
import type { Stores } from './session.ts';

/** How often the run's files are looked at, in milliseconds. */
const lookEveryMs = 300;

/**
 * The events of a run as its owner writes them, those before this moment first, until nobody works on
 * it any more. Nothing is sent and nothing is written. A run that another owner goes on with begins
 * again with its `run-start`.
 */
export async function* watchRun(
  runId: string,
  { logs, locks }: Pick<Stores, 'logs' | 'locks'>,
  { sleep }: Pick<EngineParts, 'sleep'>,
  signal?: AbortSignal,
): AsyncGenerator<RunEvent> {
  const run = (await logs.list()).find(each => each.runId === runId);
  if (!run) throw new RequestError(`There is no run ${runId} to watch.`);
  let place = { segment: 0, bytes: 0 };
  while (!signal?.aborted) {
    // Asked before its files are read, so that what it wrote last is not missed.
    const isHeld = (await locks.holder(run.promptName, runId)) !== undefined;
    const read = await logs.eventsSince(run.folder, place);
    place = read.place;
    yield* read.events;
    if (!isHeld) return;
    await sleep(lookEveryMs, signal);
  }
}
