import type { Breakdown, Confusion, Rollout, RunState, Slice } from '../engine/index.ts';
import type {
  BreakdownView,
  ChangedRow,
  ChangedRows,
  ConfusionView,
  SliceView,
} from './breakdownView.ts';
import { dash, firstLine, formatCount, formatFigure } from './format.ts';

/** What the engine says of the same test rows, of the original and of the best prompt. */
export interface RunBreakdown {
  readonly original: Breakdown;
  readonly best: Breakdown;
}

/** Rows of one kind that are listed; the others are counted. */
const mostListed = 10;
/** More labels than these make no picture in a narrow column. */
const mostLabels = 12;

/** The judged rows behind the verdict; undefined before it. */
export function presentBreakdown(
  state: RunState,
  found: RunBreakdown | undefined,
): BreakdownView | undefined {
  const { claim } = state;
  if (!claim) return undefined;
  const changes = changedRows(state, claim.originalId, claim.bestId, claim.metric);
  const before = found?.original.confusion;
  const after = found?.best.confusion;
  return {
    fixed: listed(changes.filter(({ gain }) => gain > 0)),
    broken: listed(changes.filter(({ gain }) => gain < 0)),
    ...(before && isDrawable(before) ? { before: pictureOf(before) } : {}),
    ...(after && isDrawable(after) ? { after: pictureOf(after) } : {}),
    slices: found ? slicesOf(found, claim.metric) : [],
  };
}

interface Change {
  readonly gain: number;
  readonly line: number;
  readonly row: ChangedRow;
}

function changedRows(
  { evaluations }: RunState,
  originalId: string,
  bestId: string,
  metric: string,
): readonly Change[] {
  const answersOf = (id: string): readonly Rollout[] =>
    evaluations.findLast(({ candidateId, purpose }) => candidateId === id && purpose === 'claim')
      ?.rollouts ?? [];
  const before = new Map(answersOf(originalId).map(rollout => [rollout.exampleId, rollout]));
  return answersOf(bestId).flatMap(after => {
    const earlier = before.get(after.exampleId);
    const [from, to] = [earlier?.scores[metric]?.value, after.scores[metric]?.value];
    if (!earlier || from === undefined || to === undefined || from === to) return [];
    const { exampleId, line = 0 } = after;
    const row = {
      exampleId,
      place: `Line ${formatCount(line)}`,
      before: firstLine(earlier.output, 60) || '(empty)',
      after: firstLine(after.output, 60) || '(empty)',
    };
    return [{ gain: to - from, line, row }];
  });
}

function listed(changes: readonly Change[]): ChangedRows {
  const sorted = changes.toSorted(
    (left, right) => Math.abs(right.gain) - Math.abs(left.gain) || left.line - right.line,
  );
  return { count: changes.length, rows: sorted.slice(0, mostListed).map(({ row }) => row) };
}

function isDrawable({ labels }: Confusion): boolean {
  return labels.length > 0 && labels.length <= mostLabels;
}

function pictureOf({ metric, labels, counts, others }: Confusion): ConfusionView {
  return {
    metric,
    labels,
    cells: counts.map((row, expected) => {
      const whole = [...row, others[expected] ?? 0];
      const total = whole.reduce((sum, count) => sum + count, 0);
      return whole.map((count, answered) => ({
        count,
        heat: total === 0 ? 0 : Math.ceil((count / total) * 4),
        isRight: answered === expected,
      }));
    }),
  };
}

function slicesOf({ original, best }: RunBreakdown, metric: string): readonly SliceView[] {
  return best.slices.map(slice => {
    const same = ({ column, value }: Slice): boolean =>
      column === slice.column && value === slice.value;
    return {
      column: slice.column,
      value: slice.value === undefined ? 'rarer values' : firstLine(slice.value, 60) || '(empty)',
      rows: formatCount(slice.rows),
      before: figure(original.slices.find(same), metric),
      after: figure(slice, metric),
    };
  });
}

function figure(slice: Slice | undefined, metric: string): string {
  const measured = slice?.scorecard[metric];
  return measured ? formatFigure(measured) : dash;
}
