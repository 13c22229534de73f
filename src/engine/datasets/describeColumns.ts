import type { ColumnDescription, ColumnType } from '../core/example.ts';

/** Counts what columns hold, row by row, in bounded memory. */
export interface ColumnCounts {
  add(cells: ReadonlyMap<string, string>): void;
  describe(columns: readonly string[]): ColumnDescription[];
}

/** What each column holds in rows that are at hand. */
export function describeColumns(
  columns: readonly string[],
  rows: readonly Readonly<Record<string, string>>[],
): ColumnDescription[] {
  const counts = newColumnCounts();
  for (const row of rows) counts.add(new Map(Object.entries(row)));
  return counts.describe(columns);
}

const mostDistinct = 1000;
const mostValues = 20;
/** Longer texts are no labels: they count as different without being kept. */
const longestValue = 200;

interface Count {
  filled: number;
  longest: number;
  unkept: number;
  readonly types: Set<ColumnType>;
  readonly values: Map<string, number>;
}

export function newColumnCounts(): ColumnCounts {
  const counts = new Map<string, Count>();
  let rows = 0;

  function count(name: string, cell: string): void {
    if (cell === '') return;
    let column = counts.get(name);
    if (!column) {
      if (counts.size >= mostDistinct) return;
      column = { filled: 0, longest: 0, unkept: 0, types: new Set(), values: new Map() };
      counts.set(name, column);
    }
    column.filled++;
    column.longest = Math.max(column.longest, cell.length);
    const known = column.values.get(cell);
    if (known !== undefined) {
      column.values.set(cell, known + 1);
      return;
    }
    column.types.add(typeOf(cell));
    if (cell.length <= longestValue && column.values.size < mostDistinct)
      column.values.set(cell, 1);
    else column.unkept++;
  }

  return {
    add(cells) {
      rows++;
      for (const [name, cell] of cells) count(name, cell);
    },
    describe: columns => columns.map(name => description(name, counts.get(name), rows)),
  };
}

function description(name: string, count: Count | undefined, rows: number): ColumnDescription {
  if (!count) {
    const nothing = { filled: 0, distinct: 0, distinctIsBound: false, longest: 0 };
    return { name, type: 'empty', empty: rows, ...nothing };
  }
  const values = [...count.values]
    .sort(([left, one], [right, two]) => two - one || (left < right ? -1 : 1))
    .map(([text, times]) => ({ text, count: times }));
  const whole = count.unkept === 0 && values.length <= mostValues;
  return {
    name,
    type: commonType(count.types),
    filled: count.filled,
    empty: rows - count.filled,
    distinct: values.length + (count.unkept > 0 ? 1 : 0),
    distinctIsBound: count.unkept > 1,
    longest: count.longest,
    ...(whole ? { values } : {}),
  };
}

/** An integer is a number too, and anything is text beside text. */
function commonType(types: ReadonlySet<ColumnType>): ColumnType {
  const [only] = types;
  if (types.size === 1 && only) return only;
  if (types.size === 2 && types.has('integer') && types.has('number')) return 'number';
  return types.has('text') ? 'text' : 'mixed';
}

const forms: readonly (readonly [ColumnType, RegExp])[] = [
  ['integer', /^-?(?:0|[1-9]\d*)$/u],
  ['number', /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/iu],
  ['boolean', /^(?:true|false)$/iu],
  ['date', /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/u],
];

/** The type of one cell; a number with a leading zero is text, because it is a code. */
function typeOf(cell: string): ColumnType {
  if (cell.length <= 40) {
    const form = forms.find(([, pattern]) => pattern.test(cell));
    if (form) return form[0];
  }
  const first = cell[0];
  if ((first !== '[' && first !== '{') || cell.length > 100_000) return 'text';
  try {
    return Array.isArray(JSON.parse(cell)) ? 'list' : 'object';
  } catch {
    return 'text';
  }
}
