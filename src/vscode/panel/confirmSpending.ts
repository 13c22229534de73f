import { window } from 'vscode';
import type { Estimate } from '../../engine/index.ts';
import {
  formatCount,
  formatForecast,
  formatMinutes,
  formatTokens,
  formatUsd,
} from '../../panel/format.ts';

/**
 * Asks once, naming the sum, where a run will or may cost money.
 *
 * @returns whether the run may start
 */
export async function confirmSpending(estimate: Estimate, budgetUsd?: number): Promise<boolean> {
  if (!mayCost(estimate)) return true;
  const start = 'Start';
  const { calls, tokens, minutes, taskModel, optimizerModel } = estimate;
  const models = [...new Set([taskModel, optimizerModel])].join(' and ');
  const detail = [
    `${formatForecast(calls, formatCount, ' calls')} and ${formatForecast(tokens, formatTokens, ' tokens')} with ${models}, in ${formatForecast(minutes, formatMinutes)}.`,
    budgetUsd === undefined
      ? 'There is no budget in USD; the run stops at its other limits.'
      : `The run stops before it passes your budget of ${formatUsd(budgetUsd)}.`,
  ];
  const chosen = await window.showWarningMessage(
    `This run will cost ${sumOf(estimate)}.`,
    { modal: true, detail: detail.join('\n') },
    start,
  );
  return chosen === start;
}

function mayCost({ usd, unpriced }: Estimate): boolean {
  return unpriced.length > 0 || (usd?.high ?? 0) > 0;
}

function sumOf({ usd, unpriced }: Estimate): string {
  if (usd) return `about ${formatForecast(usd, formatUsd)}`;
  return `a sum that is not known: no price is listed for ${unpriced.join(' and ')}`;
}
