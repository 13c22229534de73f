import { conversationCells } from './conversation.ts';
import { jsonCells } from './jsonCells.ts';
import { problemAt, warningAt, type TableEvent } from './row.ts';

/** Reads rows of any names as the rows of one table. */
export interface NamedRows {
  /** The events of the JSON text that begins here; `remedy` follows the reason of a problem. */
  read(line: number, text: string, remedy: string): Iterable<TableEvent>;
  /** The events of a row that is read already. */
  add(line: number, cells: ReadonlyMap<string, string>): Iterable<TableEvent>;
}

// Rows may bring new columns for ever (ids as names); nobody chooses among more than these.
const mostColumns = 1000;

/**
 * A table without rows; its columns are those that are `known` (the reader has announced them) and
 * the names of the rows, in the order in which they come.
 */
export function newNamedRows(known: readonly string[] = []): NamedRows {
  const columns = new Set(known);

  function* read(line: number, text: string, remedy: string): Iterable<TableEvent> {
    const row = jsonCells(text);
    if ('problem' in row) {
      yield problemAt(line, `${row.problem} ${remedy}`);
      return;
    }
    if (row.warning !== undefined) yield warningAt(line, row.warning);
    yield* add(line, row.cells);
  }

  function* add(line: number, found: ReadonlyMap<string, string>): Iterable<TableEvent> {
    const cells = conversationCells(found) ?? found;
    const before = columns.size;
    for (const name of cells.keys()) if (columns.size < mostColumns) columns.add(name);
    if (columns.size > before) yield { kind: 'columns', columns: [...columns] };
    yield { kind: 'row', row: { line, cells } };
  }

  return { read, add };
}
