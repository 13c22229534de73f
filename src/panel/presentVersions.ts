import type {
  ComparedCell,
  ComparedRow,
  ComparedRows,
  VersionCost,
  VersionsComparison,
} from '../engine/index.ts';
import type {
  ComparisonRowView,
  VersionCostView,
  VersionScoreView,
  VersionsRowView,
  VersionsView,
} from './comparisonMessages.ts';
import { dash, firstLine, formatCount, formatTokens, formatUsd } from './format.ts';
import { presentComparison, presentHead } from './presentComparison.ts';
import { presentCell, rowName, noteOnRows, type RowsWish } from './presentRows.ts';
import { rowsInSight } from './rowsView.ts';
import type { CellView, RowsKind, RowsView, RowView } from './rowsView.ts';

/** Two or more versions beside each other, every text ready to show. Pure. */
export function presentVersions(
  comparison: VersionsComparison,
  wish: RowsWish = { from: 0 },
): VersionsView {
  const { versions, pairs, costs, rows } = comparison;
  const heads = versions.map(presentHead);
  const views = pairs.map(presentComparison);
  const [first = '', ...others] = versions.map(({ number }) => `v${number}`);
  return {
    title: `${versions[0]?.promptName ?? ''} ${[[first, ...others.slice(0, -1)].join(', '), others.at(-1) ?? ''].join(' and ')}`,
    heads,
    rows: rowsOf(
      comparison,
      views.map(view => view.rows),
    ),
    note:
      views.length === 1
        ? (views[0]?.note ?? '')
        : noteOf(
            first,
            views.map(view => view.rows),
          ),
    costs: costs.map(presentCost),
    diffs: views.map((view, index) => ({
      title: `${first} ↔ ${others[index] ?? ''}`,
      components: view.components,
    })),
    ...(rows
      ? {
          answers: presentAnswers(
            rows,
            heads.map(head => `v${head.number}`),
            wish,
          ),
        }
      : {}),
  };
}

/** The tables of all pairs as one: a row of it for each metric, set of rows and model. */
function rowsOf(
  { pairs }: VersionsComparison,
  views: readonly (readonly ComparisonRowView[])[],
): readonly VersionsRowView[] {
  const rows = new Map<string, { view: ComparisonRowView; versions: VersionScoreView[] }>();
  const count = pairs.length + 1;
  pairs.forEach((pair, index) => {
    pair.rows.forEach((row, place) => {
      const view = views[index]?.[place];
      if (!view) return;
      const key = JSON.stringify([row.datasetFingerprint, row.split, row.taskModel, row.metric]);
      const known = rows.get(key) ?? { view, versions: Array.from({ length: count }, unmeasured) };
      if (row.left) known.versions[0] = { ...unmeasured(), score: view.left };
      const { right: score, difference, direction, test } = view;
      known.versions[index + 1] = { score, difference, direction, test };
      rows.set(key, known);
    });
  });
  return [...rows.values()].map(({ view, versions }) => ({
    metric: view.metric,
    rows: view.rows,
    taskModel: view.taskModel,
    simulated: view.simulated,
    versions,
  }));
}

function unmeasured(): VersionScoreView {
  return { score: dash, difference: dash, direction: 'unknown', test: '' };
}

function noteOf(first: string, views: readonly (readonly ComparisonRowView[])[]): string {
  const paired = views.flat().some(row => row.direction !== 'unknown');
  return paired
    ? `Differences are each version minus ${first}, row by row on the same rows, with 95 % intervals. Each is tested alone: among many, one may look different by luck.`
    : 'No two of these versions were measured on the same rows, so no difference can be stated.';
}

function presentCost({ promptTokens, measured }: VersionCost): VersionCostView {
  const prompt = `~${formatTokens(promptTokens)} tokens`;
  if (!measured || measured.rows === 0) return { prompt, perRow: dash, usd: dash };
  const { rows, inputTokens, outputTokens, usd } = measured;
  return {
    prompt,
    perRow: `${formatCount(inputTokens / rows)} in, ${formatCount(outputTokens / rows)} out`,
    usd: usd === undefined ? 'unknown' : formatUsd((usd / rows) * 1_000),
  };
}

/** Rows that the last version broke or fixed against the first; then all. */
function presentAnswers(
  { rows, split, datasetName, metric }: ComparedRows,
  columns: readonly string[],
  wish: RowsWish,
): RowsView {
  const sorted = sortAnswers(rows);
  const kind =
    wish.kind ?? (sorted.broken.length > 0 ? 'broken' : sorted.fixed.length > 0 ? 'fixed' : 'all');
  const from = Math.max(0, Math.min(wish.from, sorted[kind].length - 1));
  return {
    title: `${datasetName}, ${split} rows`,
    note: `${noteOnRows(metric)} Broken and fixed: ${columns.at(-1) ?? ''} against ${columns[0] ?? ''}.`,
    columns,
    kind,
    counts: { broken: sorted.broken.length, fixed: sorted.fixed.length, all: sorted.all.length },
    from,
    items: sorted[kind].slice(from, from + rowsInSight).map(({ row, change }): RowView => ({
      exampleId: row.exampleId,
      name: rowName(row),
      change,
      cells: row.cells.map(answerCell),
    })),
  };
}

interface Answer {
  readonly row: ComparedRow;
  readonly change: RowView['change'];
}

/** A person scrolls through the same rows many times. */
const sortedAnswers = new WeakMap<
  readonly ComparedRow[],
  Readonly<Record<RowsKind, readonly Answer[]>>
>();

function sortAnswers(rows: readonly ComparedRow[]): Readonly<Record<RowsKind, readonly Answer[]>> {
  const known = sortedAnswers.get(rows);
  if (known) return known;
  const answers = rows.map((row): Answer => ({ row, change: changeOf(row) }));
  const of = (change: RowView['change']): readonly Answer[] =>
    answers.filter(answer => answer.change === change);
  const [broken, fixed] = [of('broken'), of('fixed')];
  const sorted = { broken, fixed, all: [...broken, ...fixed, ...of('unmeasured'), ...of('same')] };
  sortedAnswers.set(rows, sorted);
  return sorted;
}

function changeOf({ cells }: ComparedRow): RowView['change'] {
  const [before, after] = [cells[0]?.value, cells.at(-1)?.value];
  if (before === undefined || after === undefined) return 'unmeasured';
  if (before === after) return 'same';
  return after > before ? 'fixed' : 'broken';
}

function answerCell(cell: ComparedCell | undefined): CellView {
  if (!cell) return presentCell(undefined, '');
  const { outcome, value, output, failure } = cell;
  return presentCell(
    {
      outcome,
      output: firstLine(output ?? ''),
      scores: value === undefined ? {} : { value: { value } },
      ...(failure === undefined ? {} : { failure }),
    },
    'value',
  );
}
