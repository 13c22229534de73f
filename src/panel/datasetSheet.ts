import type { ColumnDescription, ColumnMapping, Dataset } from '../engine/index.ts';
import { firstLine, formatCount } from './format.ts';
import { rowsSentence, withPoint } from './presentDataset.ts';
import { textTable } from './textTable.ts';

/** Findings that are listed before the rest is only counted. */
const mostFindings = 50;

/**
 * What a dataset file holds, as a page of plain text: how it was read, its rows and columns, the
 * first rows where they are given, and every problem with its line.
 */
export function datasetSheet(
  dataset: Dataset,
  rows: readonly Readonly<Record<string, string>>[] = [],
): string {
  const { name, format, encoding, problems, warnings = [], described = [] } = dataset;
  const unusable = dataset.unusableRows ?? problems.length;
  const read = [format, encoding].filter(part => part !== undefined).join(', ');
  const parts = [
    [
      `${name}${read === '' ? '' : ` (${read})`}`,
      rowsSentence({ usable: dataset.rows, unusable, problems }),
      `Read as ${mappingWords(dataset.mapping)}.`,
      `Digest ${dataset.fingerprint}`,
    ].join('\n'),
    columnTable(described),
    rows.length > 0 ? `First rows\n\n${rowTable(dataset.columns, rows)}` : '',
    findings('Rows that cannot be used', problems, unusable),
    findings('Worth knowing', warnings, warnings.length),
  ];
  return `${parts.filter(part => part !== '').join('\n\n')}\n`;
}

/** "text → input, queue → expected answer": which column is taken for what. */
function mappingWords(mapping: ColumnMapping): string {
  const { inputs, expected, ...others } = mapping;
  const pairs = [
    ...Object.entries(inputs).map(([input, column]) => [column, input] as const),
    ...(expected === undefined ? [] : [[expected, 'expected answer'] as const]),
    ...Object.entries(others).map(([kind, column]) => [column, kind] as const),
  ];
  return pairs.map(([column, kind]) => `${column} → ${kind}`).join(', ');
}

function columnTable(described: readonly ColumnDescription[]): string {
  return textTable({
    heads: ['column', 'type', 'filled', 'empty', 'different', 'longest', 'values'],
    rows: described.map(column => [
      firstLine(column.name, 40),
      column.type,
      formatCount(column.filled),
      formatCount(column.empty),
      `${formatCount(column.distinct)}${column.distinctIsBound ? ' or more' : ''}`,
      formatCount(column.longest),
      (column.values ?? [])
        .slice(0, 5)
        .map(({ text, count }) => `${firstLine(text, 30)} (${formatCount(count)})`)
        .join(', '),
    ]),
    right: [2, 3, 4, 5],
  });
}

function rowTable(
  columns: readonly string[],
  rows: readonly Readonly<Record<string, string>>[],
): string {
  const cell = (row: Readonly<Record<string, string>>, column: string): string =>
    Object.hasOwn(row, column) ? firstLine(row[column] ?? '', 60) : '';
  return textTable({
    heads: columns.map(column => firstLine(column, 40)),
    rows: rows.map(row => columns.map(column => cell(row, column))),
  });
}

function findings(title: string, found: Dataset['problems'], count: number): string {
  if (count === 0) return '';
  const shown = found.slice(0, mostFindings);
  const lines = shown.map(
    ({ line, message }) => `line ${formatCount(line)}: ${withPoint(message)}`,
  );
  const more = count - shown.length;
  return [title, '', ...lines, ...(more > 0 ? [`… and ${formatCount(more)} more.`] : [])].join(
    '\n',
  );
}
