import { jsonCells } from './jsonCells.ts';
import { problemAt, warningAt, type TableEvent } from './row.ts';

/** Reads JSON texts as the rows of one table. */
export interface JsonRows {
  /** The events of the text that begins at this line; `remedy` follows the reason of a problem. */
  read(line: number, text: string, remedy: string): Iterable<TableEvent>;
}

// Rows may bring new columns for ever (ids as names); nobody chooses among more than these.
const mostColumns = 1000;

/** A table without rows; its columns are the names of the rows, in the order in which they come. */
export function newJsonRows(): JsonRows {
  const columns = new Set<string>();

  function* read(line: number, text: string, remedy: string): Iterable<TableEvent> {
    const row = jsonCells(text);
    if ('problem' in row) {
      yield problemAt(line, `${row.problem} ${remedy}`);
      return;
    }
    if (row.warning !== undefined) yield warningAt(line, row.warning);
    const known = columns.size;
    for (const name of row.cells.keys()) if (columns.size < mostColumns) columns.add(name);
    if (columns.size > known) yield { kind: 'columns', columns: [...columns] };
    yield { kind: 'row', row: { line, cells: row.cells } };
  }

  return { read };
}
