import { formatCount } from '../panel/format.ts';
import { cleanExcerpt } from './cleanText.ts';
import type { RunResult } from './runResult.ts';
import type { Table } from './table.ts';

/** More labels than these make no table that a person reads. */
const mostLabels = 12;

/** Expected labels by row, answered ones by column, where the labels are few. */
export function confusionOf({ breakdown }: RunResult): Table | undefined {
  const { confusion } = breakdown ?? {};
  if (!confusion || confusion.labels.length > mostLabels) return undefined;
  const { labels, counts, others } = confusion;
  const names = labels.map(label => cleanExcerpt(label, 20));
  const strays = others.some(count => count > 0);
  return {
    heads: ['expected \\ answered', ...names, ...(strays ? ['no label'] : [])],
    rows: names.map((name, row) => [
      name,
      ...(counts[row] ?? []).map(count => formatCount(count)),
      ...(strays ? [formatCount(others[row] ?? 0)] : []),
    ]),
    right: [...names, ''].map((_, column) => column + 1),
  };
}
