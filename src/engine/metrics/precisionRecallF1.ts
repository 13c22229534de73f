import { RequestError } from '../core/errors.ts';
import { labelsOf, type Label, type LabelPair } from './labels.ts';

/** Precision, recall and F1 of one label or of several together, 0..1. */
export interface LabelFigures {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** The figures of one label. `support`: rows that expect it. */
export interface LabelScore<L extends Label = Label> extends LabelFigures {
  readonly label: L;
  readonly support: number;
}

/** How the figures of the labels become one. */
export type Average = 'binary' | 'micro' | 'macro' | 'weighted';

/** Options as scikit-learn names them. */
export interface AverageOptions<L extends Label = Label> {
  readonly average: Average;
  /** The label that `binary` looks at. */
  readonly pos_label?: L;
  /** Labels to be counted, in their order; all of either side where absent. */
  readonly labels?: readonly L[];
  /** What a figure with a zero denominator is; 0 where absent. */
  readonly zero_division?: number;
}

/** Weight of the rows where a label was due, given, and given where it was due. */
interface Tally {
  due: number;
  given: number;
  right: number;
}

/**
 * Precision, recall and F1 by label, as `precision_recall_fscore_support` of scikit-learn counts
 * them. Labels are those of either side, also such that only predictions name, or the given list.
 */
export function labelScores<L extends Label>(
  pairs: readonly LabelPair<L>[],
  labels: readonly L[] = labelsOf(pairs),
  zeroDivision = 0,
): LabelScore<L>[] {
  return scoresIn(tally(pairs), labels, zeroDivision);
}

function scoresIn<L extends Label>(
  tallies: ReadonlyMap<L, Tally>,
  labels: Iterable<L>,
  zeroDivision: number,
): LabelScore<L>[] {
  return Array.from(labels, label => {
    const counts = tallies.get(label) ?? nothing;
    return { label, ...figures(counts, zeroDivision), support: counts.due };
  });
}

/**
 * One precision, recall and F1 over the labels. `macro` is the plain mean, also over labels that
 * only predictions name; `weighted` weighs by expected rows; `micro` sums counts first. Throws
 * `RequestError` where `binary` does not fit the labels.
 */
export function averagedScores<L extends Label>(
  pairs: readonly LabelPair<L>[],
  { average, pos_label, labels, zero_division = 0 }: AverageOptions<L>,
): LabelFigures {
  if (average === 'binary') return positiveScores(pairs, pos_label, zero_division);
  const tallies = tally(pairs);
  // A mean does not depend on the order of the labels, and resampling asks thousands of times.
  const scores = scoresIn(tallies, labels ?? tallies.keys(), zero_division);
  if (average === 'macro') return meanOf(scores, () => 1);
  if (average === 'weighted') {
    if (scores.some(score => score.support > 0)) return meanOf(scores, score => score.support);
    const given = scores.some(({ label }) => (tallies.get(label)?.given ?? 0) > 0);
    // scikit-learn's answer where no counted label is due at all.
    if (!given) return { precision: zero_division, recall: zero_division, f1: zero_division };
    return { precision: 0, recall: zero_division, f1: 0 };
  }
  const sum: Tally = { due: 0, given: 0, right: 0 };
  for (const { label } of scores) {
    const counts = tallies.get(label) ?? nothing;
    sum.due += counts.due;
    sum.given += counts.given;
    sum.right += counts.right;
  }
  return figures(sum, zero_division);
}

function positiveScores<L extends Label>(
  pairs: readonly LabelPair<L>[],
  positive: L | undefined,
  zeroDivision: number,
): LabelFigures {
  const present = labelsOf(pairs);
  if (present.length > 2) {
    throw new RequestError(
      `There are ${present.length} labels, so "binary" does not apply; choose macro, micro or weighted.`,
    );
  }
  if (positive === undefined || (present.length === 2 && !present.includes(positive))) {
    throw new RequestError(
      `The positive label ${String(positive)} is none of ${present.join(', ')}; set pos_label.`,
    );
  }
  return figures(tally(pairs).get(positive) ?? nothing, zeroDivision);
}

const nothing: Readonly<Tally> = { due: 0, given: 0, right: 0 };

function tally<L extends Label>(pairs: readonly LabelPair<L>[]): Map<L, Tally> {
  const tallies = new Map<L, Tally>();
  const tallyOf = (label: L): Tally => {
    let found = tallies.get(label);
    if (!found) tallies.set(label, (found = { due: 0, given: 0, right: 0 }));
    return found;
  };
  for (const { expected, predicted, weight = 1 } of pairs) {
    const counts = tallyOf(expected);
    counts.due += weight;
    if (expected === predicted) counts.right += weight;
    tallyOf(predicted).given += weight;
  }
  return tallies;
}

function figures({ due, given, right }: Readonly<Tally>, zeroDivision: number): LabelFigures {
  return {
    precision: given === 0 ? zeroDivision : right / given,
    recall: due === 0 ? zeroDivision : right / due,
    f1: given + due === 0 ? zeroDivision : (2 * right) / (given + due),
  };
}

function meanOf(
  scores: readonly LabelScore[],
  weightOf: (score: LabelScore) => number,
): LabelFigures {
  const whole = scores.reduce((sum, score) => sum + weightOf(score), 0);
  const mean = (kind: keyof LabelFigures): number =>
    scores.reduce((sum, score) => sum + weightOf(score) * score[kind], 0) / whole;
  return { precision: mean('precision'), recall: mean('recall'), f1: mean('f1') };
}
