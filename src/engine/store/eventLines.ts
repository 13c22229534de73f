import { StoreError } from '../core/errors.ts';
import type { RunEvent } from '../core/run.ts';
import { broken, isObject } from './json.ts';

/** Every type there is; the compiler sees to it that none is left out. */
const known: Readonly<Record<RunEvent['type'], true>> = {
  'run-start': true,
  'evaluation-start': true,
  'rollout-end': true,
  'evaluation-end': true,
  'trial-start': true,
  'proposal-end': true,
  variant: true,
  'trial-end': true,
  'trial-skip': true,
  wait: true,
  'cache-damage': true,
  'fold-start': true,
  'fold-end': true,
  'claim-end': true,
  'version-save': true,
  'run-end': true,
};

/** One event as a line of a log, stamped with the time at which it was written. */
export function eventLine(event: RunEvent, at: string): string {
  return JSON.stringify({ at, ...event });
}

/**
 * The events of a segment, in order. What stands behind the last line end is a write under way
 * or one that a crash cut short, and is left out; any other unreadable line is an error that
 * names it, after the events before it, and so is an event that this release does not know.
 */
export function* parseEvents(path: string, text: string): Generator<RunEvent> {
  let number = 0;
  for (const line of wholeLines(text)) {
    number += 1;
    const event = parseEvent(line);
    if (!event) throw broken(path, `line ${number} is damaged`);
    if (!Object.hasOwn(known, event.type)) {
      throw new StoreError(
        path,
        `this file was written by another release of Prompt Refiner: line ${number} tells of "${event.type}", which this one does not know. Update Prompt Refiner. The file is left as it is.`,
      );
    }
    yield event;
  }
}

/** The lines of a log but for a torn last one. */
export function wholeLines(text: string): string[] {
  return text.split('\n').slice(0, -1);
}

function parseEvent(line: string): RunEvent | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (!isObject(value) || typeof value['type'] !== 'string') return undefined;
    const { at: _at, ...event } = value;
    // Written by eventLine alone, so a line that names its type has the event's shape.
    return event as unknown as RunEvent;
  } catch {
    return undefined;
  }
}
