import type { Evaluation, Rollout, RunState } from '../engine/index.ts';
import { firstLine, formatScore } from './format.ts';
import { rowsInSight } from './rowsView.ts';
import type { CellView, RowsKind, RowsView, RowView } from './rowsView.ts';

/** Which rows a person looks at. */
export interface RowsWish {
  readonly kind?: RowsKind;
  /** Place of the first row in sight, from 0. */
  readonly from: number;
}

/** The original beside the best: on the test rows once there is a verdict, else where both ran. */
export function presentRows(state: RunState, wish: RowsWish): RowsView | undefined {
  const sides = sidesOf(state);
  if (!sides) return undefined;
  const { first, second } = sides;
  const metric = state.header?.metrics[0] ?? '';
  const rows = sortRows(first, second, metric);
  const kind =
    wish.kind ?? (rows.broken.length > 0 ? 'broken' : rows.fixed.length > 0 ? 'fixed' : 'all');
  const listed = rows[kind];
  const from = Math.max(0, Math.min(wish.from, listed.length - 1));
  return {
    ...wordsOf(first.split, metric),
    kind,
    counts: { broken: rows.broken.length, fixed: rows.fixed.length, all: rows.all.length },
    from,
    items: listed.slice(from, from + rowsInSight).map(pair => presentRow(pair, metric)),
  };
}

function wordsOf(
  split: Side['split'],
  metric: string,
): Pick<RowsView, 'title' | 'note' | 'columns'> {
  if (split === 'all') {
    return {
      title: 'Rows, each held out once',
      note: `Beside the original stands what the search found without the row: another prompt for each fold. ${noteOnRows(metric)}`,
      columns: ['Original', 'Without it'],
    };
  }
  return {
    title: split === 'test' ? 'Test rows' : 'Validation rows',
    note: noteOnRows(metric),
    columns: ['Original', 'Best'],
  };
}

/** Every metric scores a row from 0 to 1, and higher is better. */
export function noteOnRows(metric: string): string {
  return `The figure is the ${metric} of the row, 0 to 1; the answer stands below. Choose a row to see both answers.`;
}

/** One candidate on the rows of one split. */
type Side = Pick<Evaluation, 'candidateId' | 'split' | 'rollouts'>;

/** The candidates whose outputs stand beside each other. */
export function sidesOf(
  state: RunState,
): { readonly first: Side; readonly second: Side } | undefined {
  const { evaluations, header, claim, incumbentId, ended } = state;
  const originalId = header?.original.id;
  const bestId = claim?.bestId ?? (ended?.bestId || incumbentId);
  if (originalId === undefined || bestId === originalId) return undefined;
  const held = heldOutSide(state);
  const first = held && evaluations.findLast(({ purpose }) => purpose === 'claim');
  if (first) return { first, second: held };
  const of = (id: string, split: string): Side | undefined => wholeOf(evaluations, id, split);
  for (const split of claim ? ['test', 'validation'] : ['validation']) {
    const [first, second] = [of(originalId, split), of(bestId, split)];
    if (first && second) return { first, second };
  }
  return undefined;
}

const heldOutSides = new WeakMap<readonly Rollout[], Side>();

/** The folds' winners on the rows held out: of no one prompt. */
function heldOutSide({ heldOut }: RunState): Side | undefined {
  if (!heldOut) return undefined;
  const side = heldOutSides.get(heldOut) ?? { candidateId: '', split: 'all', rollouts: heldOut };
  heldOutSides.set(heldOut, side);
  return side;
}

const wholes = new WeakMap<RunState['evaluations'], Map<string, Side | undefined>>();

/** A race tries a candidate on a few rows at a time: all of them together, each row's last answer. */
function wholeOf(
  evaluations: RunState['evaluations'],
  candidateId: string,
  split: string,
): Side | undefined {
  const known = wholes.get(evaluations) ?? new Map<string, Side | undefined>();
  wholes.set(evaluations, known);
  const key = `${split} ${candidateId}`;
  if (!known.has(key)) {
    const own = evaluations.filter(
      each => each.candidateId === candidateId && each.split === split,
    );
    const [last] = own.slice(-1);
    const rows = new Map(
      own.flatMap(({ rollouts }) => rollouts).map(rollout => [rollout.exampleId, rollout]),
    );
    known.set(key, last && { candidateId, split: last.split, rollouts: [...rows.values()] });
  }
  return known.get(key);
}

interface Pair {
  readonly first: Rollout;
  readonly second: Rollout | undefined;
  readonly change: RowView['change'];
  /** Difference of the score, −1..1. */
  readonly gain: number;
}

type SortedRows = Readonly<Record<RowsKind, readonly Pair[]>>;

/** The largest change first. A run of 100,000 rows is sorted once, and not whenever something else of it changes. */
const sorted = new WeakMap<Side, WeakMap<Side, SortedRows>>();

function sortRows(first: Side, second: Side, metric: string): SortedRows {
  const known = sorted.get(first)?.get(second);
  if (known) return known;
  const others = new Map(second.rollouts.map(rollout => [rollout.exampleId, rollout]));
  const all = first.rollouts.map((rollout): Pair => {
    const other = others.get(rollout.exampleId);
    return { first: rollout, second: other, ...changeOf(rollout, other, metric) };
  });
  const of = (change: RowView['change']): readonly Pair[] =>
    all
      .filter(pair => pair.change === change)
      .toSorted((left, right) => Math.abs(right.gain) - Math.abs(left.gain));
  const [broken, fixed] = [of('broken'), of('fixed')];
  const rows = { broken, fixed, all: [...broken, ...fixed, ...of('unmeasured'), ...of('same')] };
  const bySecond = sorted.get(first) ?? new WeakMap<Side, SortedRows>();
  bySecond.set(second, rows);
  sorted.set(first, bySecond);
  return rows;
}

function changeOf(
  first: Rollout,
  second: Rollout | undefined,
  metric: string,
): Pick<Pair, 'change' | 'gain'> {
  const before = scoreOf(first, metric);
  const after = second && scoreOf(second, metric);
  if (before === undefined || after === undefined) return { change: 'unmeasured', gain: 0 };
  const gain = after - before;
  return { change: gain === 0 ? 'same' : gain > 0 ? 'fixed' : 'broken', gain };
}

function presentRow({ first, second, change }: Pair, metric: string): RowView {
  return {
    exampleId: first.exampleId,
    name: rowName(first),
    change,
    cells: [first, second].map(rollout => {
      const cell = presentCell(rollout, metric);
      return rollout?.flaky ? { ...cell, score: `${cell.score} · flips` } : cell;
    }),
    ...(second && (scoreOf(second, metric) ?? 0) < 1 ? { lost: true } : {}),
  };
}

/** "line 31"; the id of the row where its file has no lines. */
export function rowName({ line, exampleId }: Pick<Rollout, 'line' | 'exampleId'>): string {
  return line === undefined ? exampleId : `line ${line}`;
}

/** One output as a cell of a heat map. */
export function presentCell(
  rollout: Pick<Rollout, 'outcome' | 'output' | 'scores' | 'failure'> | undefined,
  metric: string,
): CellView {
  if (!rollout) return { score: 'not run', output: '' };
  const score = scoreOf(rollout, metric);
  const output = firstLine(rollout.failure ?? rollout.output, 60);
  if (score === undefined) return { score: rollout.outcome, output };
  const level = Math.round(Math.max(0, Math.min(1, score)) * 4);
  return { score: Number.isInteger(score) ? String(score) : formatScore(score), level, output };
}

function scoreOf(
  { outcome, scores }: Pick<Rollout, 'outcome' | 'scores'>,
  metric: string,
): number | undefined {
  if (outcome !== 'ok' || !Object.hasOwn(scores, metric)) return undefined;
  return scores[metric]?.value;
}
