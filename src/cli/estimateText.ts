import type { Estimate } from '../engine/index.ts';
import { formatCount, formatRange, formatTokens, formatUsd, plural } from '../panel/format.ts';
import { cleanLine } from './cleanText.ts';

/** What a run will cost, as lines for people; ends with a line break. */
export function estimateText(estimate: Estimate, kind: 'optimize' | 'evaluate'): string {
  const usd = estimate.usd ? formatRange(estimate.usd, formatUsd) : 'unknown price';
  const lines = [
    `Estimate: ${formatRange(estimate.calls)} ${estimate.calls.high === 1 ? 'call' : 'calls'}, ${formatRange(estimate.tokens, formatTokens)} tokens, ${usd}.`,
    `Rows: ${rowsText(estimate, kind)}.`,
    kind === 'optimize'
      ? `Models: ${estimate.taskModel} answers, ${estimate.optimizerModel} rewrites the prompt.`
      : `Model: ${estimate.taskModel}.`,
    ...estimate.notes,
  ];
  return lines.map(line => `${cleanLine(line)}\n`).join('');
}

function rowsText({ rows, unusableRows }: Estimate, kind: 'optimize' | 'evaluate'): string {
  const used =
    kind === 'optimize'
      ? `${formatCount(rows.train)} to learn from, ${formatCount(rows.validation)} to choose by, ${formatCount(rows.test)} kept aside for the final judgement`
      : formatCount(rows.train + rows.validation + rows.test);
  return unusableRows === 0 ? used : `${used}; ${plural(unusableRows, 'row')} cannot be used`;
}
