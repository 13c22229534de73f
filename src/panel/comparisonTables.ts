import type { VersionsView } from './comparisonMessages.ts';
import type { Table } from './textTable.ts';

/**
 * A line for each metric and version: score with interval and n; of all but the first the
 * difference and its test. Side by side they would be wider than a page or a terminal.
 */
export function scoreTable({ heads, rows }: VersionsView): Table {
  return {
    heads: ['Metric', 'Measured on', 'Model', 'Version', 'Score', 'Difference', 'Test'],
    rows: rows.flatMap(({ metric, rows: on, taskModel, simulated, versions }) =>
      versions.map(({ score, difference, test }, place) => [
        metric,
        on,
        simulated ? `${taskModel} (simulation)` : taskModel,
        `v${heads[place]?.number ?? ''}`,
        score,
        ...(place === 0 ? ['', ''] : [difference, test]),
      ]),
    ),
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

/** Where each version came from; without a column that would be empty. */
export function headTable({ heads }: VersionsView): Table {
  const columns: readonly (readonly [string, readonly string[]])[] = [
    ['Version', heads.map(({ title }) => title)],
    ['Name', heads.map(({ name = '' }) => name)],
    ['Origin', heads.map(({ origin }) => origin)],
    ['Created', heads.map(({ createdAt }) => createdAt)],
    ['Note', heads.map(({ note = '' }) => note)],
  ];
  const filled = columns.filter(([, cells]) => cells.some(cell => cell !== ''));
  return {
    heads: filled.map(([head]) => head),
    rows: heads.map((_, line) => filled.map(([, cells]) => cells[line] ?? '')),
  };
}
