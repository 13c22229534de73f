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

function padded(text: string, wide: number, right = false): string {
  const space = ' '.repeat(Math.max(0, wide - width(text)));
  return right ? space + text : text + space;
}

function width(text: string): number {
  return Array.from(text).length;
}
