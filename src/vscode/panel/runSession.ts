import { CancelledError, emptyRun, reduce, runGate } from '../../engine/index.ts';
import type { RunEvent, RunHolder, RunGate, RunState } from '../../engine/index.ts';
import type { RunView } from '../../panel/messages.ts';

/** A run as this window carries it out, or shows it again. */
export interface RunSession {
  state(): RunState;
  status(): RunView['status'];
  /** Who works on it, where this window only watches. */
  readonly holder: RunHolder | undefined;
  /** Requests that have left and not come back. */
  underWay(): number;
  /** When a request that is held back is sent again, in milliseconds since 1970. */
  nextTryAt(): number | undefined;
  /** Sends nothing new; calls under way are finished and kept. */
  pause(): void;
  goOn(): void;
  /** Stops it; what was paid is in the log. */
  cancel(): void;
  /** Adds an event that happened after the run. */
  add(event: RunEvent): void;
  /** Settles when the last event is in; rejects where the run ended with an error of its own. */
  readonly finished: Promise<void>;
}

/**
 * Folds the events of a run as they come.
 *
 * @param begin starts the run; its signal follows `cancel`, its gate `pause` and `goOn`
 * @param onChange called after every event, and once at the end
 * @param holder who works on it, where this window only watches
 */
export function runSession(
  begin: (signal: AbortSignal, gate: RunGate) => AsyncIterable<RunEvent>,
  onChange: () => void,
  holder?: RunHolder,
): RunSession {
  const controller = new AbortController();
  const gate = runGate(onChange, () => Date.now());
  /** Several requests may be held back at once, each until its own time. */
  let tries: readonly number[] = [];
  const openTries = (): readonly number[] => tries.filter(at => at > Date.now());
  let state = emptyRun;
  let over = false;

  const follow = async (): Promise<void> => {
    try {
      for await (const event of begin(controller.signal, gate)) {
        state = reduce(state, event);
        if (event.type === 'wait') tries = [...openTries(), Date.now() + event.ms];
        onChange();
      }
    } catch (error) {
      if (!(error instanceof CancelledError)) throw error;
    } finally {
      over = true;
      onChange();
    }
  };
  const finished = follow();
  // Whoever waits for the end hears of a failure; nobody waiting is no failure of its own.
  finished.catch(() => undefined);

  return {
    state: () => state,
    status() {
      if (over) return state.ended ? 'ended' : 'interrupted';
      if (holder) return 'watched';
      if (controller.signal.aborted) return 'cancelling';
      return gate.isShut() ? 'paused' : 'running';
    },
    holder,
    underWay: gate.underWay,
    nextTryAt: () => openTries().toSorted((left, right) => left - right)[0],
    pause() {
      gate.shut();
      onChange();
    },
    goOn() {
      gate.open();
      onChange();
    },
    cancel() {
      controller.abort();
      onChange();
    },
    add(event) {
      state = reduce(state, event);
      onChange();
    },
    finished,
  };
}
