import type { Estimate } from '../engine/index.ts';
import {
  formatCount,
  formatForecast,
  formatMinutes,
  formatRange,
  formatTokens,
  formatUsd,
} from '../panel/format.ts';
import { rowsSentence, warningSentences } from '../panel/presentDataset.ts';
import { cleanLine } from './cleanText.ts';

/** What a run will cost, as lines for people; ends with a line break. */
export function estimateText(estimate: Estimate, kind: 'optimize' | 'evaluate'): string {
  const usd = estimate.usd ? formatForecast(estimate.usd, formatUsd) : 'unknown price';
  const lines = [
    `Estimate: ${formatForecast(estimate.calls, formatCount, estimate.calls.high === 1 ? ' call' : ' calls')}, ${formatForecast(estimate.tokens, formatTokens, ' tokens')}, ${usd}, ${formatForecast(estimate.minutes, formatMinutes)}.`,
    ...judgeLine(estimate),
    `Rows: ${rowsText(estimate, kind)}.`,
    kind === 'optimize'
      ? `Models: ${estimate.taskModel} answers, ${estimate.optimizerModel} rewrites the prompt.`
      : `Model: ${estimate.taskModel}.`,
    ...datasetLines(estimate),
    ...estimate.notes,
  ];
  return lines.map(line => `${cleanLine(line)}\n`).join('');
}

/** The judges' share of it. */
function judgeLine({ judge }: Estimate): string[] {
  if (!judge) return [];
  const usd = judge.usd ? formatRange(judge.usd, formatUsd) : 'unknown price';
  return [
    `Of these, the judge ${judge.models.join(', ')}: ${formatRange(judge.calls)} calls, ${formatRange(judge.tokens, formatTokens)} tokens, ${usd}.`,
  ];
}

function rowsText({ rows, folds }: Estimate, kind: 'optimize' | 'evaluate'): string {
  if (kind === 'optimize' && folds !== undefined) {
    return `${formatCount(rows.train)} to learn from, ${formatCount(rows.validation)} to choose by; each is held out once, in ${folds} folds, to judge the search`;
  }
  return kind === 'optimize'
    ? `${formatCount(rows.train)} to learn from, ${formatCount(rows.validation)} to choose by, ${formatCount(rows.test)} kept aside for the final judgement`
    : formatCount(rows.train + rows.validation + rows.test);
}

/** What is wrong with the file's rows, and what is worth knowing of the others. */
function datasetLines({ rows, unusableRows, problems, warnings }: Estimate): string[] {
  const usable = rows.train + rows.validation + rows.test;
  const unusable =
    unusableRows === 0 ? [] : [rowsSentence({ usable, unusable: unusableRows, problems })];
  return [...unusable, ...warningSentences(warnings)];
}
