import { formatMeasured, formatPoints, formatScore, plural } from '../panel/format.ts';
import { directed } from '../panel/presentMetric.ts';
import { cleanExcerpt } from './cleanText.ts';
import type { RunResult } from './runResult.ts';
import type { Table } from './table.ts';

/** One table for each column that was asked for: its values, and every metric over their rows. */
export function sliceTables({ breakdown, header, lines }: RunResult): Table[] {
  const slices = breakdown?.slices ?? [];
  const columns = [...new Set(slices.map(({ column }) => column))];
  const scales = new Map(lines.map(({ metric, after }) => [metric, after]));
  return columns.map(column => ({
    heads: [
      cleanExcerpt(column, 40),
      ...header.metrics.map(name => cleanExcerpt(directed(name, scales.get(name)), 40)),
    ],
    rows: slices
      .filter(slice => slice.column === column)
      .map(({ value, scorecard }) => [
        value === undefined ? '(rarer values)' : cleanExcerpt(value, 40) || '(empty)',
        ...header.metrics.map(name => {
          const measured = scorecard[name];
          return measured ? formatMeasured(measured) : 'not measured';
        }),
      ]),
  }));
}

/** What so many rows can show of the primary metric; empty where that is not known. */
export function detectableText({ breakdown }: RunResult): string {
  const { detectable, rows = 0, metric = '' } = breakdown ?? {};
  if (detectable === undefined) return '';
  const count = plural(rows, 'row');
  return detectable >= 1
    ? `${count} ${rows === 1 ? 'is' : 'are'} too few to show any difference of ${cleanExcerpt(metric, 40)} to another prompt.`
    : `On ${count}, another prompt has to differ by ${formatPoints(detectable).replace('+', '')} of ${cleanExcerpt(metric, 40)} or more to be told apart in four of five cases.`;
}

/** The rows that lost most; undefined where none lost anything. */
export function worstTable({ breakdown }: RunResult): Table | undefined {
  if (!breakdown || breakdown.worst.length === 0) return undefined;
  return {
    heads: ['line', 'score', 'input', 'expected', 'answer'],
    rows: breakdown.worst.map(({ line, value, inputs, expected, output }) => [
      String(line),
      formatScore(value),
      cleanExcerpt(Object.values(inputs).join(' · '), 50),
      cleanExcerpt(expected ?? '', 30),
      cleanExcerpt(output, 40),
    ]),
    right: [0, 1],
  };
}
