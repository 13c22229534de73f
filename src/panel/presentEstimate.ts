import type { Estimate } from '../engine/index.ts';
import {
  formatCount,
  formatForecast,
  formatMinutes,
  formatTokens,
  formatUsd,
  plural,
  unbroken,
} from './format.ts';
import type { EstimateView } from './messages.ts';

/**
 * What a run will cost, ready to show.
 *
 * @param mayProbe whether a probe could tell more
 */
export function presentEstimate(estimate: Estimate, mayProbe = false): EstimateView {
  const { rows, threeRows } = estimate;
  return {
    status: 'known',
    calls: formatForecast(estimate.calls),
    tokens: formatForecast(estimate.tokens, formatTokens),
    usd: estimate.usd ? formatForecast(estimate.usd, formatUsd) : 'price unknown',
    time: formatForecast(estimate.minutes, formatMinutes),
    rows:
      estimate.folds === undefined
        ? `${plural(rows.train, 'row')} to learn from, ${formatCount(rows.validation)} to choose by, ` +
          `${formatCount(rows.test)} kept aside to judge the result`
        : `${plural(rows.train, 'row')} to learn from, ${formatCount(rows.validation)} to choose by; ` +
          `each is held out once, in ${estimate.folds} folds, to judge the search`,
    notes: [...unpriced(estimate), ...estimate.notes.map(unbroken)],
    ...(mayProbe
      ? {
          probe: unbroken(
            `${plural(threeRows.calls, 'call')}, ${threeRows.usd === undefined ? 'price unknown' : `${formatUsd(threeRows.usd)} at most`}`,
          ),
        }
      : {}),
  };
}

function unpriced(estimate: Estimate): readonly string[] {
  return estimate.unpriced.length === 0
    ? []
    : [`No price is listed for ${estimate.unpriced.join(' and ')}: the sum in USD is not known.`];
}
