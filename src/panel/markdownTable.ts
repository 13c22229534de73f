import type { Table } from './textTable.ts';

/** A table in Markdown; no cell can break out of its column. */
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
