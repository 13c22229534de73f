import type { VersionsView } from './comparisonMessages.ts';
import type { Table } from './textTable.ts';

/** Metrics by version: score with interval and n; of the others the difference and its test. */
export function scoreTable({ heads, rows }: VersionsView): Table {
  const [, ...others] = heads;
  return {
    heads: [
      'Metric',
      'Rows',
      'Model',
      `v${heads[0]?.number ?? ''}`,
      ...others.flatMap(({ number }) => [`v${number}`, 'Difference', 'Test']),
    ],
    rows: rows.map(row => {
      const [first, ...rest] = row.versions;
      return [
        row.metric,
        row.rows,
        row.simulated ? `${row.taskModel} (simulation)` : row.taskModel,
        first?.score ?? '',
        ...rest.flatMap(({ score, difference, test }) => [score, difference, test]),
      ];
    }),
  };
}

/** What each version costs. */
export function costTable({ heads, costs }: VersionsView): Table {
  return {
    heads: ['Version', 'Prompt', 'Tokens a row', 'USD for 1,000 rows'],
    rows: heads.map((head, index) => [
      head.title,
      costs[index]?.prompt ?? '',
      costs[index]?.perRow ?? '',
      costs[index]?.usd ?? '',
    ]),
  };
}

/** Where each version came from. */
export function headTable({ heads }: VersionsView): Table {
  return {
    heads: ['Version', 'Name', 'Origin', 'Created', 'Note'],
    rows: heads.map(({ title, name = '', origin, createdAt, note = '' }) => [
      title,
      name,
      origin,
      createdAt,
      note,
    ]),
  };
}
