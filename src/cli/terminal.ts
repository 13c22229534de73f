import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { styleText } from 'node:util';
import { CancelledError } from '../engine/index.ts';
import { readKeys } from './keyboard.ts';

/** Names of the styles that we use. */
export type Style = 'red' | 'green' | 'yellow' | 'bold' | 'dim';

/** Where the command line reads and writes; a test hands in one that keeps everything. */
export interface Terminal {
  /** The result. */
  out(text: string): void;
  /** Progress, questions and problems. */
  err(text: string): void;
  /** Whether a person sees what is written to `err`, so that a line may be drawn again. */
  readonly redraws: boolean;
  /** Whether a question can be answered. */
  readonly asks: boolean;
  /** Width in characters. */
  readonly columns: number;
  /** Colours a piece of the result; leaves it as it is where colours are not shown. */
  paint(style: Style, text: string): string;
  /** Whether `paint` colours. */
  readonly coloured: boolean;
  ask(question: string, signal: AbortSignal): Promise<string>;
  /** Tells of keys until what it answers is called; absent where nobody sits at a keyboard. */
  readonly keys?: (onKey: (key: string) => void) => () => void;
  /** All of standard input; undefined where it is a person's keyboard. */
  input(): Promise<string | undefined>;
}

/** The process's own streams. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr } = process;
  // A reader that has seen enough (`| head`) closes the pipe; that is not an error of ours.
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  const coloured = styleText('bold', 'x', { stream: stdout }) !== 'x';
  return {
    out: written => void stdout.write(written),
    err: written => void stderr.write(written),
    redraws: stderr.isTTY && process.env['TERM'] !== 'dumb',
    asks: stdin.isTTY && stderr.isTTY,
    get columns() {
      return stderr.columns || 80;
    },
    coloured,
    paint: (style, written) => (coloured ? styleText(style, written, { stream: stdout }) : written),
    async ask(question, signal) {
      // Without raw mode Ctrl-C stays a signal of the process.
      const lines = createInterface({ input: stdin, output: stderr, terminal: false });
      // At the end of the input nobody will answer any more.
      const ended = once(lines, 'close').then(() => '');
      try {
        return await Promise.race([lines.question(question, { signal }), ended]);
      } catch {
        throw new CancelledError();
      } finally {
        lines.close();
      }
    },
    ...(stdin.isTTY && stderr.isTTY
      ? { keys: (onKey: (key: string) => void) => readKeys(stdin, onKey) }
      : {}),
    input: async () => (stdin.isTTY ? undefined : await text(stdin)),
  };
}
