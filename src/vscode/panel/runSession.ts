import { CancelledError, emptyRun, reduce } from '../../engine/index.ts';
import type { RunEvent, RunState } from '../../engine/index.ts';
import type { RunView } from '../../panel/messages.ts';

/** A run as this window carries it out, or shows it again. */
export interface RunSession {
  state(): RunState;
  status(): RunView['status'];
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
 * @param begin starts the run; its signal follows `cancel`
 * @param onChange called after every event, and once at the end
 */
export function runSession(
  begin: (signal: AbortSignal) => AsyncIterable<RunEvent>,
  onChange: () => void,
): RunSession {
  const controller = new AbortController();
  let state = emptyRun;
  let over = false;

  const follow = async (): Promise<void> => {
    try {
      for await (const event of begin(controller.signal)) {
        state = reduce(state, event);
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
      return controller.signal.aborted ? 'cancelling' : 'running';
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
