import type { Claim, RunState } from '../engine/index.ts';
import {
  dash,
  formatDifference,
  formatMeasured,
  formatPoints,
  signedOwn,
  unbroken,
} from './format.ts';
import type { ResultView, WinnerView } from './messages.ts';
import { directed } from './presentMetric.ts';
import { isMeasured } from './presentScore.ts';

/** The verdict from the test rows; absent before it, and where the run ended without one. */
export function presentResult({ claim, header }: RunState): ResultView | undefined {
  if (!claim) return undefined;
  const metrics = header?.metrics ?? Object.keys(claim.original);
  return {
    verdict: claim.verdict,
    sentence: unbroken(claim.sentence),
    rows: metrics.map(metric => ({
      metric,
      label: directed(metric, claim.best[metric] ?? claim.original[metric]),
      before: measured(claim.original[metric]),
      after: measured(claim.best[metric]),
      difference: differenceOf(claim, metric),
    })),
  };
}

/** The best candidate once the run is over, where it is another text than the original. */
export function presentWinner({ header, ended, saved }: RunState): WinnerView | undefined {
  if (!header || !ended || ended.bestId === '' || ended.bestId === header.original.id) {
    return undefined;
  }
  const savedVersion = saved[ended.bestId];
  return {
    candidateId: ended.bestId,
    promptName: header.promptName,
    ...(savedVersion === undefined ? {} : { savedVersion }),
  };
}

function measured(aggregate: Claim['original'][string] | undefined): string {
  return aggregate ? formatMeasured(aggregate) : dash;
}

/** Only the primary metric's difference was tested on pairs, so only it has an interval. */
function differenceOf(claim: Claim, metric: string): string {
  if (metric === claim.metric) return formatDifference(claim.difference);
  const before = claim.original[metric];
  const after = claim.best[metric];
  if (!isMeasured(before) || !isMeasured(after)) return dash;
  return before.shown && after.shown
    ? signedOwn(after.shown.value - before.shown.value)
    : formatPoints(after.value - before.value);
}
