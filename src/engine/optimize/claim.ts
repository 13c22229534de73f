import { mcnemarMidP, pairedPValue, rowsToShow } from '../core/statistics.ts';
import type { Claim, Evaluation, Verdict } from '../core/trial.ts';
import { points } from './acceptance.ts';
import { pairRows, summarizePair, type PairedSummary } from './paired.ts';
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
  readonly seed: number;
}

/**
 * What the test rows say, on the rows that both prompts answered. Undefined where there is none:
 * then nothing can be said.
 */
export function judgeClaim(facts: ClaimFacts): Claim | undefined {
  const { original, best, primary, seed } = facts;
  const rowIds = original.rollouts.map(rollout => rollout.exampleId);
  const pair = summarizePair(
    pairRows(byExample(original), byExample(best), rowIds, primary),
    primary,
    seed,
  );
  if (!pair) return undefined;
  const unchanged = best.candidateId === original.candidateId;
  const binary = isShareOfRightRows(pair, primary);
  const pValue = unchanged
    ? 1
    : binary
      ? mcnemarMidP(pair.fixed, pair.broken)
      : pairedPValue(pair.before, pair.after, primary.metric, seed);
  const verdict = unchanged ? 'unchanged' : verdictOf(pair.difference.value, pValue);
  const rows = pair.difference.count;
  return {
    metric: primary.name,
    originalId: original.candidateId,
    bestId: best.candidateId,
    original: original.scorecard,
    best: best.scorecard,
    difference: pair.difference,
    fixed: pair.fixed,
    broken: pair.broken,
    pValue,
    verdict,
    ...(verdict === 'not-distinguishable'
      ? { rowsNeeded: rowsToShow(gainWorthShowing, Math.min(pair.fixed, pair.broken) / rows) }
      : {}),
    sentence: sentenceFor(verdict, pair, rowIds.length - rows),
  };
}

function verdictOf(difference: number, pValue: number): Verdict {
  if (pValue >= level || difference === 0) return 'not-distinguishable';
  return difference > 0 ? 'better' : 'worse';
}

/** McNemar's test is about rows that are right or wrong, and a value that is their share. */
function isShareOfRightRows(pair: PairedSummary, { metric }: PrimaryMetric): boolean {
  return [pair.before, pair.after].every(scores => {
    const right = scores.filter(score => score.value === 1).length;
    const wrong = scores.filter(score => score.value === 0).length;
    const isShare = Math.abs(metric.aggregate(scores) - right / scores.length) < 1e-9;
    return right + wrong === scores.length && isShare;
  });
}

function sentenceFor(verdict: Verdict, pair: PairedSummary, unmeasured: number): string {
  const { fixed, broken, difference, beforeValue } = pair;
  const rows = `${difference.count} rows never used in the search`;
  const doubt = doubtAbout(verdict, pair, unmeasured);
  if (verdict === 'unchanged') {
    const value = Math.round(beforeValue.value * 1000) / 10;
    const left = unmeasured > 0 ? ` ${couldNotBeMeasured(unmeasured)}.` : '';
    return `Unchanged: no better prompt was found; the original scores ${value} % on ${rows}.${left}`;
  }
  const words = { better: 'Better', worse: 'Worse', 'not-distinguishable': 'Not distinguishable' };
  const interval = `[${bound(difference.low)}, ${bound(difference.high)}]`;
  return `${words[verdict]}: ${points(difference.value)} ${interval} on ${rows}; ${fixed} fixed, ${broken} broken.${doubt}`;
}

/** Whether the unmeasured rows, had they all gone one way, could have made another verdict. */
function doubtAbout(
  verdict: Verdict,
  { fixed, broken }: PairedSummary,
  unmeasured: number,
): string {
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
  return `${rows} ${rows === 1 ? 'row' : 'rows'} could not be measured with both prompts`;
}

function bound(value: number): string {
  const rounded = Math.round(value * 1000) / 10;
  return `${rounded < 0 ? '−' : ''}${Math.abs(rounded)}`;
}

function byExample({ rollouts }: Evaluation) {
  return new Map(rollouts.map(rollout => [rollout.exampleId, rollout]));
}
