import type { RunEvent, RunState } from '../engine/index.ts';
import { eventText, liveText, waitText } from './progressText.ts';
import type { Terminal } from './terminal.ts';

/** Shows a run while it runs: one redrawn line on a terminal, plain lines in a pipe. */
export interface Progress {
  show(event: RunEvent, state: RunState): void;
  /** Writes a line that stays. */
  say(line: string): void;
  /** Leaves the terminal on a fresh line. */
  end(): void;
}

/** The line is drawn at most ten times a second. */
const frameMs = 100;
/** Many calls may wait at once; a pipe hears of it at most this often. */
const waitLineMs = 5_000;

/** Progress on standard error; `now` is in milliseconds. */
export function showProgress(terminal: Terminal, now: () => number): Progress {
  return terminal.redraws ? redrawnLine(terminal, now) : plainLines(terminal, now);
}

function plainLines(terminal: Terminal, now: () => number): Progress {
  let lastWait = -Infinity;
  return {
    show(event, state) {
      if (event.type === 'wait') {
        if (now() - lastWait < waitLineMs) return;
        lastWait = now();
      }
      const line = eventText(event, state);
      if (line !== undefined) terminal.err(`${line}\n`);
    },
    say: line => terminal.err(`${line}\n`),
    end() {},
  };
}

function redrawnLine(terminal: Terminal, now: () => number): Progress {
  let waiting: string | undefined;
  let drawnAt = -Infinity;
  const clear = (): void => terminal.err('\r\u001B[2K');
  return {
    show(event, state) {
      if (event.type === 'wait') waiting = waitText(event);
      else if (event.type === 'rollout-end') waiting = undefined;
      const lasting = staysOnScreen(event) ? eventText(event, state) : undefined;
      if (lasting !== undefined) {
        clear();
        terminal.err(`${lasting}\n`);
      } else if (now() - drawnAt < frameMs) {
        return;
      }
      drawnAt = now();
      clear();
      terminal.err(fitted(liveText(state, waiting), terminal.columns - 1));
    },
    say(line) {
      clear();
      terminal.err(`${line}\n`);
      drawnAt = -Infinity;
    },
    end: clear,
  };
}

/** Steps that a person scrolls back to; everything else is only drawn in the live line. */
function staysOnScreen(event: RunEvent): boolean {
  return ['run-start', 'trial-end', 'trial-skip'].includes(event.type);
}

function fitted(line: string, columns: number): string {
  const characters = Array.from(line);
  return characters.length > columns ? characters.slice(0, Math.max(0, columns)).join('') : line;
}
