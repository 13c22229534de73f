import type { ReadStream } from 'node:tty';

/** Keys that the terminal makes signals of by itself, unless keys are read one by one. */
const signals: Readonly<Record<string, NodeJS.Signals>> = {
  '\u0003': 'SIGINT',
  '\u001A': 'SIGTSTP',
  '\u001C': 'SIGQUIT',
};

/**
 * Tells of every key as it is pressed. Ctrl-C, Ctrl-Z and Ctrl-\ stay the signals that they are.
 *
 * @returns what gives the keyboard back
 */
export function readKeys(stdin: ReadStream, onKey: (key: string) => void): () => void {
  const pressed = (keys: Buffer): void => {
    for (const key of keys.toString()) {
      const signal = signals[key];
      if (signal === undefined) onKey(key);
      else process.kill(process.pid, signal);
    }
  };
  // A shell that a suspended process gives the terminal back to sets its own mode.
  const awake = (): void => void stdin.setRawMode(true);
  stdin.setRawMode(true);
  stdin.on('data', pressed);
  process.on('SIGCONT', awake);
  stdin.resume();
  return () => {
    process.off('SIGCONT', awake);
    stdin.off('data', pressed);
    stdin.setRawMode(false);
    stdin.pause();
  };
}
