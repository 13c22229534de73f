import type { MetaModelStanding, ScoredEdit } from '../../core/foresight.ts';
import { fadedSums, noSums, ridgeCoefficients, withExample, type RidgeSums } from './ridge.ts';
import { featureNames } from './features.ts';
import { rankCorrelation } from './rankCorrelation.ts';

/** Strength of the prior around 0, as if so many rows had shown nothing. */
const lambda = 6;
/** What the edits of a run count in the next one (section 3.6 of the design notes: 0.5). */
const fade = 0.5;
/** Scored edits before which nothing is predicted … */
const fewestToPredict = 8;
/** … and predictions before which their correlation says nothing. */
const fewestToTrust = 24;
/** What the correlation has to be, and the lower end of its interval. */
const trusted = { correlation: 0.3, low: 0.1 };
/** Newest predictions that the correlation is measured over. */
const remembered = 200;

/** What was learned from scored edits so far. */
export interface Learned {
  readonly sums: RidgeSums;
  readonly edits: number;
  /** Predicted before it was tried, and what came of it. */
  readonly pairs: readonly (readonly [predicted: number, worth: number])[];
}

/** Nothing learned yet. */
export const nothingLearned: Learned = { sums: noSums(featureNames.length), edits: 0, pairs: [] };

/** A trial's scored edits added; each is predicted first, from what was known before the trial. */
export function learnedFrom(before: Learned, trial: readonly ScoredEdit[]): Learned {
  if (trial.length === 0) return before;
  const predict = predictorOf(before);
  let { sums } = before;
  const pairs = [...before.pairs];
  for (const { features, worth, rows } of trial) {
    const predicted = predict?.(features);
    if (predicted !== undefined) pairs.push([predicted, worth]);
    sums = withExample(sums, features, worth, rows);
  }
  return { sums, edits: before.edits + trial.length, pairs: pairs.slice(-remembered) };
}

/** What earlier runs taught, the oldest run first: each counts half in the next one. */
export function learnedFromRuns(runs: readonly (readonly (readonly ScoredEdit[])[])[]): Learned {
  return runs.reduce((learned, trials) => {
    const after = trials.reduce(learnedFrom, learned);
    return { ...after, sums: fadedSums(after.sums, fade) };
  }, nothingLearned);
}

/** Worth of an edit by its features, −1..1; undefined where too little was learned. */
export function predictorOf({
  sums,
  edits,
}: Learned): ((features: readonly number[]) => number) | undefined {
  if (edits < fewestToPredict) return undefined;
  const coefficients = ridgeCoefficients(sums, lambda);
  return features => {
    const sum = features.reduce((total, value, at) => total + value * (coefficients[at] ?? 0), 0);
    return Math.max(-1, Math.min(1, sum));
  };
}

/**
 * Whether the predictions may be used: only where what was predicted before it was tried agrees in
 * order with what came of it, Spearman's correlation at least .3 and the lower end of its one-sided
 * 80 % interval above .1, over 24 edits at least (section 3.6).
 */
export function standingOf({ pairs }: Learned): MetaModelStanding {
  const edits = pairs.length;
  const known = rankCorrelation(
    pairs.map(pair => pair[0]),
    pairs.map(pair => pair[1]),
  );
  if (!known || edits < fewestToTrust) {
    return {
      edits,
      ...known,
      open: false,
      sentence: `The meta-model has predicted ${edits} of the ${fewestToTrust} edits that it takes to see whether it can; it chooses nothing yet.`,
    };
  }
  const { correlation, low } = known;
  const open = correlation >= trusted.correlation && low > trusted.low;
  const figure = `its predictions of ${edits} edits, made before they were tried, agree with what came of them by a rank correlation of ${correlation.toFixed(2)} (at least ${low.toFixed(2)} with 80 % confidence)`;
  return {
    edits,
    correlation,
    low,
    open,
    sentence: open
      ? `The meta-model chooses among proposals: ${figure}.`
      : `The meta-model chooses nothing: ${figure}; ${trusted.correlation} and ${trusted.low} are asked for.`,
  };
}
