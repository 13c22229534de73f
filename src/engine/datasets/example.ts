import { hash } from 'node:crypto';
import type { ColumnMapping, DatasetProblem, Example } from '../core/example.ts';
import type { Row } from './row.ts';

/** A row as an example, with what is worth a warning, or why it cannot be used. */
export type MadeExample =
  | { readonly example: Example; readonly warning?: DatasetProblem }
  | { readonly problem: DatasetProblem };

/**
 * Maps a row. Its id is a hash of the mapped content, so that it is the same in every file format
 * and wherever the row stands; line ends are normalised for the hash and sent as they are.
 */
export function exampleOf(row: Row, mapping: ColumnMapping, needsExpected: boolean): MadeExample {
  const { line, cells } = row;
  const texts = new Map<string, string>();
  for (const [name, column] of Object.entries(mapping.inputs)) {
    const cell = cells.get(column);
    if (cell === undefined)
      return unusable(line, `the input "${column}" is missing; fill it in or remove the row.`);
    texts.set(name, cell);
  }
  // Keeps an input called `__proto__`, which plain assignment would lose.
  const inputs = Object.fromEntries(texts);
  if (Object.values(inputs).every(text => text.trim() === '')) {
    return unusable(
      line,
      `the input ${columnsIn(mapping)} is empty; fill it in or remove the row.`,
    );
  }
  const expected = mapping.expected === undefined ? undefined : cells.get(mapping.expected);
  if (needsExpected && expected === undefined) {
    const column = mapping.expected ?? '';
    return unusable(
      line,
      `the expected answer "${column}" is missing; fill it in or remove the row.`,
    );
  }
  const example: Example = {
    id: idOf(inputs, expected),
    inputs,
    ...(expected === undefined ? {} : { expected }),
    origin: 'file',
    line,
  };
  if (!needsExpected || expected !== '') return { example };
  const message = `the expected answer "${mapping.expected ?? ''}" is empty; it is read as "".`;
  return { example, warning: { line, message } };
}

function unusable(line: number, message: string): MadeExample {
  return { problem: { line, message } };
}

function columnsIn(mapping: ColumnMapping): string {
  return Object.values(mapping.inputs)
    .map(column => `"${column}"`)
    .join(' and ');
}

/** First 64 bits of SHA-256, in hex: two of a million rows agree by chance once in 37 million. */
function idOf(inputs: Readonly<Record<string, string>>, expected: string | undefined): string {
  const content = Object.keys(inputs)
    .sort()
    .map(name => [name, normalised(inputs[name] ?? '')]);
  const text = JSON.stringify([content, expected === undefined ? null : normalised(expected)]);
  return hash('sha256', text, 'hex').slice(0, 16);
}

function normalised(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/gu, '\n') : text;
}
