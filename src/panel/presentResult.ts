import type { Claim, Fold, RunState } from '../engine/index.ts';
import {
  dash,
  formatDifference,
  formatMeasured,
  formatPoints,
  formatScore,
  plural,
  signedOwn,
  unbroken,
} from './format.ts';
import type { ResultView, WinnerView } from './messages.ts';
import { directed } from './presentMetric.ts';
import { isMeasured } from './presentScore.ts';

/** The verdict from the test rows; absent before it, and where the run ended without one. */
export function presentResult({ claim, header, folds }: RunState): ResultView | undefined {
  if (!claim) return undefined;
  const primary = claim.metric;
  const metrics = header?.metrics ?? Object.keys(claim.original);
  return {
    verdict: claim.verdict,
    sentence: unbroken(claim.sentence),
    caption:
      claim.folds === undefined
        ? `Metrics of the original and of the best prompt on the ${header?.folds === undefined ? 'test rows' : 'rows'}`
        : 'Metrics of the original and of what the search found without the row',
    caveat: unbroken(claim.caveat ?? ''),
    folds: folds.map(fold => foldLine(fold, primary, header?.original.id)),
    rows: metrics.map(metric => ({
      metric,
      label: directed(metric, claim.best[metric] ?? claim.original[metric]),
      before: measured(claim.original[metric]),
      after: measured(claim.best[metric]),
      difference: differenceOf(claim, metric),
    })),
  };
}

/** "Fold 2: 3 of 5 right …" is only so for some metrics; the mean score is for all. */
function foldLine(
  { number, winner, rollouts, heldOut, trials }: Fold,
  metric: string,
  originalId: string | undefined,
): string {
  const values = rollouts.flatMap(({ scores }) => scores[metric]?.value ?? []);
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
  const found = winner.id === originalId ? 'nothing better' : 'another prompt';
  const score = values.length > 0 ? formatScore(mean) : dash;
  return `Fold ${number}: found ${found} in ${plural(trials, 'trial')}; ${score} on ${plural(heldOut.length, 'row')} held out`;
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
