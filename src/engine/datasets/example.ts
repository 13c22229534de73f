import { hash } from 'node:crypto';
import type { ColumnMapping, DatasetProblem, Example } from '../core/example.ts';
import { labelsIn, listIn, messagesIn, splitNamed } from './cellForms.ts';
import type { Row } from './row.ts';

/** A row as an example, with what is worth a warning, or why it cannot be used. */
export type MadeExample =
  | { readonly example: Example; readonly warning?: DatasetProblem }
  | { readonly problem: DatasetProblem };

/**
 * Maps a row. Its id is a hash of the mapped content, so that it is the same in every file format
 * and wherever the row stands; line ends are normalised for the hash and sent as they are. The
 * cells of `columns` stand beside it.
 */
export function exampleOf(
  row: Row,
  mapping: ColumnMapping,
  needsExpected: boolean,
  columns: readonly string[] = [],
): MadeExample {
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
  const wanted = wantedAnswer(cells, mapping);
  const { expected } = wanted;
  const column = mapping.expected ?? mapping.references ?? mapping.labels ?? '';
  if (needsExpected && expected === undefined) {
    return unusable(
      line,
      `the expected answer "${column}" is missing; fill it in or remove the row.`,
    );
  }
  const beside = contentBeside(cells, mapping, expected);
  const note = mapping.note === undefined ? undefined : cells.get(mapping.note)?.trim();
  const splitCell = mapping.split === undefined ? undefined : cells.get(mapping.split);
  const split = splitCell === undefined ? undefined : splitNamed(splitCell);
  const example: Example = {
    id: idOf(inputs, wanted, beside),
    inputs,
    ...wanted,
    ...beside,
    ...(note ? { note } : {}),
    ...(split ? { split } : {}),
    ...(columns.length > 0
      ? { columns: Object.fromEntries(columns.map(name => [name, cells.get(name) ?? ''])) }
      : {}),
    origin: 'file',
    line,
  };
  if (splitCell !== undefined && splitCell.trim() !== '' && !split) {
    const message = `"${mapping.split ?? ''}" names no split (train, validation or test); the row is placed by its hash.`;
    return { example, warning: { line, message } };
  }
  if (!needsExpected || expected !== '' || wanted.labels) return { example };
  return {
    example,
    warning: { line, message: `the expected answer "${column}" is empty; it is read as "".` },
  };
}

type Wanted = Pick<Example, 'expected' | 'references' | 'labels'>;
type Beside = Pick<Example, 'messages' | 'context'>;

/** An empty list of references says that the right answer is to give none. */
function wantedAnswer(cells: Row['cells'], mapping: ColumnMapping): Wanted {
  const single = mapping.expected === undefined ? undefined : cells.get(mapping.expected);
  if (mapping.references === undefined && mapping.labels === undefined) {
    return single === undefined ? {} : { expected: single };
  }
  const listed = mapping.references === undefined ? undefined : cells.get(mapping.references);
  const found = listed === undefined ? undefined : (listIn(listed) ?? [listed]);
  const references = found?.length === 0 ? [''] : found;
  const labelled = mapping.labels === undefined ? undefined : cells.get(mapping.labels);
  const labels = labelled === undefined ? undefined : labelsIn(labelled);
  const own = mapping.references === mapping.expected ? undefined : single;
  const expected = own ?? references?.[0] ?? labels?.join(', ');
  return {
    ...(expected === undefined ? {} : { expected }),
    ...(references ? { references: withFirst(expected, references) } : {}),
    ...(labels ? { labels } : {}),
  };
}

function withFirst(first: string | undefined, references: readonly string[]): readonly string[] {
  return first === undefined || references[0] === first
    ? references
    : [first, ...references.filter(each => each !== first)];
}

const nothing: Beside = {};

function contentBeside(
  cells: Row['cells'],
  mapping: ColumnMapping,
  expected: string | undefined,
): Beside {
  if (mapping.messages === undefined && mapping.context === undefined) return nothing;
  const cell = mapping.messages === undefined ? undefined : cells.get(mapping.messages);
  const messages = cell === undefined ? undefined : messagesIn(cell);
  const last = messages?.at(-1);
  // The answer that is wanted is no part of what the model is told.
  if (last?.role === 'assistant' && last.content === expected) messages?.pop();
  const context = mapping.context === undefined ? undefined : cells.get(mapping.context);
  return { ...(messages ? { messages } : {}), ...(context === undefined ? {} : { context }) };
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
function idOf(inputs: Readonly<Record<string, string>>, wanted: Wanted, beside: Beside): string {
  const content = Object.keys(inputs)
    .sort()
    .map(name => [name, normalised(inputs[name] ?? '')]);
  const { expected, ...lists } = wanted;
  const parts: unknown[] = [content, expected === undefined ? null : normalised(expected)];
  // Most rows have nothing more, and a million rows feel every object that is made for them.
  if (lists.references ?? lists.labels ?? beside.messages ?? beside.context !== undefined) {
    parts.push({ ...lists, ...beside });
  }
  return hash('sha256', JSON.stringify(parts), 'hex').slice(0, 16);
}

function normalised(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/gu, '\n') : text;
}
