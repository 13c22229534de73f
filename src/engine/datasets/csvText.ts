/** How cells are written. */
export interface CsvStyle {
  readonly delimiter: string;
  /** Whether every cell is quoted, or only those that have to be. */
  readonly quoteAll: boolean;
}

/** One row of CSV after RFC 4180, without its line end. An absent cell is empty, "" is quoted. */
export function csvRow(cells: readonly (string | undefined)[], style: CsvStyle): string {
  return cells.map(cell => csvCell(cell, style)).join(style.delimiter);
}

function csvCell(cell: string | undefined, { delimiter, quoteAll }: CsvStyle): string {
  if (cell === undefined) return quoteAll ? '""' : '';
  const needsQuotes =
    cell === '' || cell.includes(delimiter) || /["\r\n]|^\s|\s$/u.test(cell) || quoteAll;
  return needsQuotes ? `"${cell.replaceAll('"', '""')}"` : cell;
}

// The characters with which a spreadsheet takes a cell for a formula, and their full-width forms
// (OWASP, "CSV Injection").
const live = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/u;
const defused = /^'+[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/u;
const plainNumber = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/iu;

/** A text that no spreadsheet runs: an apostrophe goes before what would be a formula. */
export function defuse(text: string): string {
  return live.test(text) && !plainNumber.test(text) ? `'${text}` : text;
}

/** What was defused, for every text: `restore(defuse(text)) === text`. */
export function restore(text: string): string {
  return defused.test(text) ? text.slice(1) : text;
}
