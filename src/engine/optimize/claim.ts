import type { Metric } from '../core/metric.ts';
import { flakyRows, flakySentence } from '../core/repeats.ts';
import type { Aggregate } from '../core/score.ts';
import {
  crossValidated,
  detectableAcrossFolds,
  mcnemarMidP,
  pairedDifference,
  pairedPValue,
  rowsToShow,
} from '../core/statistics.ts';
import type { Claim, Evaluation, Verdict } from '../core/trial.ts';
import { differenceText, valueText } from './figures.ts';
import { judgeGuards, type Guard } from './guardMetrics.ts';
import { pairRows, type PairedRows } from './paired.ts';
import type { PrimaryMetric } from './search.ts';

/** Two-sided level at which a difference is called one. */
const level = 0.05;
/** A gain that people care about; {@link Claim.rowsNeeded} says on how many rows it would show. */
const gainWorthShowing = 0.05;

/** The original and the best prompt on the test rows. */
export interface ClaimFacts {
  readonly original: Evaluation;
  /** The same evaluation where the best prompt is the original. */
  readonly best: Evaluation;
  readonly primary: PrimaryMetric;
  /** Metrics that must not get worse. */
  readonly guards?: readonly Guard[];
  readonly seed: number;
  /** Other runs in which these rows have judged a result of the prompt; absent: none. */
  readonly earlierClaims?: number | undefined;
  /**
   * Of a cross-validation: its number of folds, and the id of the prompt that is offered. `best` then
   * holds, for each row, the answer of the winner of the fold that held the row out.
   */
  readonly folds?: { readonly count: number; readonly offeredId: string };
}

/**
 * What the test rows say, on the rows that both prompts answered. Undefined where there is none:
 * then nothing can be said.
 */
export function judgeClaim(facts: ClaimFacts): Claim | undefined {
  const { original, best, primary, guards = [], seed, folds, earlierClaims = 0 } = facts;
  const rowIds = original.rollouts.map(rollout => rollout.exampleId);
  const pair = pairRows(byExample(original), byExample(best), rowIds, primary);
  if (!pair) return undefined;
  const { before, after, fixed, broken } = pair;
  const bestId = folds?.offeredId ?? best.candidateId;
  const unchanged = bestId === original.candidateId;
  const { difference, pValue } = unchanged
    ? { difference: { value: 0, low: 0, high: 0, count: before.length }, pValue: 1 }
    : folds
      ? crossValidated(before, after, primary.metric, seed)
      : {
          difference: pairedDifference(before, after, primary.metric, seed),
          pValue: pairedPValue(before, after, primary.metric, seed),
        };
  const judged = unchanged
    ? []
    : judgeGuards(byExample(original), byExample(best), rowIds, guards, seed);
  const flaky = flakyRows(original.rollouts, best.rollouts);
  const verdict = unchanged ? 'unchanged' : verdictOf(difference.value, pValue);
  return {
    metric: primary.name,
    originalId: original.candidateId,
    bestId,
    original: original.scorecard,
    best: best.scorecard,
    difference,
    fixed,
    broken,
    pValue,
    verdict,
    ...(verdict === 'not-distinguishable' ? { rowsNeeded: rowsNeeded(pair) } : {}),
    ...(judged.length > 0 ? { guards: judged } : {}),
    ...(folds && !unchanged ? { folds: folds.count, caveat: caveatOf(before.length) } : {}),
    ...(flaky ? { flaky } : {}),
    ...(earlierClaims > 0 ? { earlierClaims } : {}),
    sentence: [
      unchanged
        ? unchangedSentence(pair, primary, { rows: rowIds.length, seen: folds !== undefined })
        : folds
          ? acrossFolds(verdict, pair, {
              difference,
              metric: primary.metric,
              folds: folds.count,
              rows: rowIds.length,
            })
          : sentenceFor(verdict, pair, { difference, metric: primary.metric, rows: rowIds.length }),
      ...(flaky ? [flakySentence(flaky)] : []),
      ...(earlierClaims > 0 && !unchanged ? [usedBefore(earlierClaims, verdict, pValue)] : []),
      ...judged.filter(guard => guard.verdict !== 'held').map(guard => guard.sentence),
    ].join(' '),
  };
}

function verdictOf(difference: number, pValue: number): Verdict {
  if (pValue >= level || difference === 0) return 'not-distinguishable';
  return difference > 0 ? 'better' : 'worse';
}

/**
 * Rows that judge again and again say "better" by chance in some run. The verdict stays as it is, and
 * what Bonferroni's correction would ask of it is said: the level divided by the number of looks
 * (Dunn 1961, JASA 56), which holds however the looks hang together.
 */
function usedBefore(earlier: number, verdict: Verdict, pValue: number): string {
  const asked = level / (earlier + 1);
  const before = `These rows have judged ${earlier === 1 ? 'a result' : `${earlier} results`} of this prompt before, and with each look a chance find grows likelier`;
  if (verdict === 'not-distinguishable') return `${before}.`;
  const holds = pValue < asked ? 'holds' : 'does not hold';
  return `${before}: over ${earlier + 1} looks p has to be below ${Number(asked.toPrecision(2))}, and this verdict ${holds} (p = ${Number(pValue.toPrecision(2))}).`;
}

function unchangedSentence(
  { before }: PairedRows,
  { metric }: PrimaryMetric,
  { rows, seen }: { readonly rows: number; readonly seen: boolean },
): string {
  const value = valueText(metric.aggregate(before), metric);
  const unmeasured = rows - before.length;
  const left = unmeasured > 0 ? ` ${couldNotBeMeasured(unmeasured)}.` : '';
  return `Unchanged: no better prompt was found; the original scores ${value} on ${seen ? rowsOf(before.length) : unseen(before.length)}.${left}`;
}

function sentenceFor(
  verdict: Verdict,
  pair: PairedRows,
  facts: { readonly difference: Aggregate; readonly metric: Metric; readonly rows: number },
): string {
  const { difference, metric, rows } = facts;
  const { count } = difference;
  const changes = `${rowsOf(pair.fixed)} fixed, ${pair.broken} broken`;
  const doubt = doubtAbout(verdict, pair, rows - count);
  const figures = `${differenceText(difference, metric)} on ${unseen(count)}; ${changes}.${doubt}`;
  if (verdict === 'not-distinguishable') return `${tooFew(pair)} ${figures}`;
  return `${verdict === 'better' ? 'Better' : 'Worse'}: ${figures}`;
}

/** The verdict on a search that was done again on parts of the rows. */
function acrossFolds(
  verdict: Verdict,
  pair: PairedRows,
  facts: {
    readonly difference: Aggregate;
    readonly metric: Metric;
    readonly folds: number;
    readonly rows: number;
  },
): string {
  const { difference, metric, folds, rows } = facts;
  const { count } = difference;
  const words = { better: 'Better', worse: 'Worse' } as const;
  const word = verdict === 'better' || verdict === 'worse' ? words[verdict] : 'Not distinguishable';
  const left = rows > count ? ` ${couldNotBeMeasured(rows - count)}.` : '';
  return (
    `${word}, cross-validated over ${folds} folds (${rowsOf(count)}, exploratory): ` +
    `${differenceText(difference, metric)}; ${rowsOf(pair.fixed)} fixed, ${pair.broken} broken.${left}`
  );
}

/** What a verdict across folds is worth. */
function caveatOf(rows: number): string {
  const gain = detectableAcrossFolds(rows);
  const shows =
    gain >= 1
      ? 'So few rows can show no gain where answers are right or wrong.'
      : `Where answers are right or wrong, so few rows show a gain of about ${Math.ceil(100 * gain)} points or more in four of five cases.`;
  return `This is what the search gains on rows that it does not see. It is no measure of the one prompt that it found, which was made from all rows and could be better or worse than that. ${shows}`;
}

/** With how many rows a difference that people care about would have shown. */
function tooFew(pair: PairedRows): string {
  const rows = pair.before.length;
  const needed = rowsNeeded(pair);
  const shown = `a difference of ${100 * gainWorthShowing} points`;
  return needed > rows
    ? `Not distinguishable at n = ${rows}; about ${Number(needed.toPrecision(2))} rows would show ${shown}.`
    : `Not distinguishable at n = ${rows}, where ${shown} would have shown.`;
}

function rowsNeeded({ fixed, broken, before }: PairedRows): number {
  return rowsToShow(gainWorthShowing, Math.min(fixed, broken) / before.length);
}

function unseen(rows: number): string {
  return `${rowsOf(rows)} never used in the search`;
}

/** Whether the unmeasured rows, had they all gone one way, could have made another verdict. */
function doubtAbout(verdict: Verdict, { fixed, broken }: PairedRows, unmeasured: number): string {
  if (unmeasured === 0) return '';
  const verdictWith = (better: number, worse: number): Verdict =>
    verdictOf(better - worse, mcnemarMidP(better, worse));
  const couldTurn =
    verdictWith(fixed + unmeasured, broken) !== verdict ||
    verdictWith(fixed, broken + unmeasured) !== verdict;
  return couldTurn
    ? ` ${couldNotBeMeasured(unmeasured)}, and could turn this verdict.`
    : ` ${couldNotBeMeasured(unmeasured)}; they could not turn this verdict.`;
}

function couldNotBeMeasured(rows: number): string {
  return `${rowsOf(rows)} could not be measured with both prompts`;
}

function rowsOf(count: number): string {
  return `${count} ${count === 1 ? 'row' : 'rows'}`;
}

function byExample({ rollouts }: Evaluation) {
  return new Map(rollouts.map(rollout => [rollout.exampleId, rollout]));
}
