import type { Breakdown, Confusion, RunState, Slice } from '../engine/index.ts';
import type { BreakdownView, ConfusionView, SliceFigure, SliceView } from './breakdownView.ts';
import { dash, firstLine, formatCount, formatFigure, formatInterval } from './format.ts';

/** What the engine says of the same test rows, of the original and of the best prompt. */
export interface RunBreakdown {
  readonly original: Breakdown;
  readonly best: Breakdown;
}

/** More labels than these make no picture in a narrow column. */
const mostLabels = 12;

/** The judged rows behind the verdict; undefined before it. */
export function presentBreakdown(
  state: RunState,
  found: RunBreakdown | undefined,
): BreakdownView | undefined {
  const { claim } = state;
  if (!claim) return undefined;
  const before = found?.original.confusion;
  const after = found?.best.confusion;
  return {
    metric: claim.metric,
    ...(before && isDrawable(before) ? { before: pictureOf(before) } : {}),
    ...(after && isDrawable(after) ? { after: pictureOf(after) } : {}),
    slices: found ? slicesOf(found, claim.metric) : [],
  };
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

function figure(slice: Slice | undefined, metric: string): SliceFigure {
  const measured = slice?.scorecard[metric];
  if (!measured || measured.count === 0) return { figure: dash, interval: '' };
  return { figure: formatFigure(measured), interval: formatInterval(measured) };
}
