import type { Terminal } from '../../src/cli/terminal.ts';

/** A terminal that keeps what is written, and answers questions with the given answers. */
export function keptTerminal(
  options: Partial<Terminal> & { readonly answers?: readonly string[] } = {},
) {
  const written = { out: '', err: '' };
  const questions: string[] = [];
  const answers = [...(options.answers ?? [])];
  const terminal: Terminal = {
    redraws: false,
    asks: false,
    columns: 80,
    coloured: false,
    paint: (_, text) => text,
    out: text => void (written.out += text),
    err: text => void (written.err += text),
    ask: async question => {
      questions.push(question);
      return answers.shift() ?? '';
    },
    input: async () => undefined,
    ...options,
  };
  return { terminal, written, questions };
}
