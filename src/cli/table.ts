/** A table of texts; `right` names the columns that are flush right, by number from 0. */
export interface Table {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly right?: readonly number[];
}

/** Columns side by side, two spaces between, no trailing spaces. */
export function textTable(table: Table): string {
  const lines = [table.heads, ...table.rows];
  const widths = table.heads.map((_, column) =>
    Math.max(...lines.map(line => width(line[column] ?? ''))),
  );
  return lines
    .map(line =>
      widths
        .map((wide, column) => padded(line[column] ?? '', wide, table.right?.includes(column)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The same as a Markdown table; no cell can break out of its column. */
export function markdownTable(table: Table): string {
  const marks = table.heads.map((_, column) => (table.right?.includes(column) ? '---:' : '---'));
  return [table.heads, marks, ...table.rows.map(row => row.map(markdownCell))]
    .map(line => `| ${line.join(' | ')} |`)
    .join('\n');
}

/** Text that Markdown shows as it is, on one line; an underscore inside a word means nothing. */
export function markdownCell(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*{}[\]<>|~]|(?<!\w)_|_(?!\w)/g, '\\$&')
    .trim();
}

function padded(text: string, wide: number, right = false): string {
  const space = ' '.repeat(Math.max(0, wide - width(text)));
  return right ? space + text : text + space;
}

function width(text: string): number {
  return Array.from(text).length;
}
