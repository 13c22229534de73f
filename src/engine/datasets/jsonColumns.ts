import { DatasetError } from '../core/errors.ts';
import { wholeTextOf } from './decode.ts';
import type { DatasetFile } from './file.ts';
import { cellOf, elementsOf, membersOf } from './jsonCells.ts';
import { noRowList } from './jsonElements.ts';
import { wholeFileLimit, type TableEvent } from './row.ts';

/**
 * An object of columns, `{"input": ["a", "b"], "target": ["x", "y"]}` or, as pandas writes it,
 * `{"input": {"0": "a"}, …}`, as rows. Throws `DatasetError` where the columns differ in length or
 * there is no column at all. A row's `line` is its number.
 */
export async function columnarEvents(
  file: DatasetFile,
  signal?: AbortSignal,
): Promise<readonly TableEvent[]> {
  const text = await wholeTextOf(file, wholeFileLimit, signal);
  const columns = columnsIn(text, file.name);
  const [first] = columns;
  if (!first) throw new DatasetError(file.name, 1, noRowList);
  const unequal = columnsOfUnequalLength(columns);
  if (unequal) throw new DatasetError(file.name, 1, unequal);
  const rows = first[1].map((_, at): TableEvent => {
    const cells = new Map<string, string>();
    for (const [name, values] of columns) {
      const cell = cellOf(values[at] ?? 'null');
      if (cell !== undefined) cells.set(name, cell);
    }
    return { kind: 'row', row: { line: at + 1, cells } };
  });
  return [{ kind: 'columns', columns: columns.map(([name]) => name) }, ...rows];
}

/** What to say of columns that differ in length; undefined where all are as long as the first. */
export function columnsOfUnequalLength(
  columns: readonly (readonly [name: string, values: readonly unknown[]])[],
): string | undefined {
  const [first] = columns;
  const other = columns.find(([, values]) => values.length !== first?.[1].length);
  if (!first || !other) return undefined;
  const lengths = `"${first[0]}" has ${first[1].length} values, "${other[0]}" has ${other[1].length}`;
  return `this is not a list of rows: its columns differ in length (${lengths}). Make them equal, or write one object a row.`;
}

type Column = readonly [name: string, values: readonly string[]];

function columnsIn(text: string, file: string): Column[] {
  try {
    JSON.parse(text);
  } catch {
    throw new DatasetError(file, 1, noRowList);
  }
  const columns: Column[] = [];
  for (const [name, raw] of membersOf(text)) {
    if (raw.startsWith('[')) columns.push([name, elementsOf(raw)]);
    else if (raw.startsWith('{'))
      columns.push([name, [...membersOf(raw)].map(([, value]) => value)]);
  }
  return columns.filter(([, values]) => values.length > 0);
}
