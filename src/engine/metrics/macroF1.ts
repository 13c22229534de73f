import type { Metric } from '../core/metric.ts';
import type { Score } from '../core/score.ts';
import { labelIn, type LabelOptions } from './accuracy.ts';
import { expectedOf } from './expected.ts';
import { expectedButGot } from './feedback.ts';

/** One row of a classification. */
export interface LabelPair {
  readonly expected: string;
  readonly predicted: string;
}

/** Precision, recall and F1 of one label, 0..1; a zero denominator gives 0. */
export interface LabelScore {
  readonly label: string;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Rows that expect the label. */
  readonly support: number;
}

/** How often a label was due, given, and given where it was due. */
interface Tally {
  due: number;
  given: number;
  right: number;
}

/**
 * Scores by label, as `precision_recall_fscore_support` of scikit-learn 1.2.1 counts them. The
 * labels are those of either side, also such that only answers name, or the given list.
 */
export function labelScores(pairs: readonly LabelPair[], labels?: readonly string[]): LabelScore[] {
  const tallies = new Map<string, Tally>();
  for (const { expected, predicted } of pairs) {
    const due = tallyOf(tallies, expected);
    due.due++;
    if (expected === predicted) {
      due.given++;
      due.right++;
    } else {
      tallyOf(tallies, predicted).given++;
    }
  }
  return (labels ?? [...tallies.keys()]).map(label => {
    const { due, given, right } = tallies.get(label) ?? { due: 0, given: 0, right: 0 };
    return {
      label,
      precision: ratio(right, given),
      recall: ratio(right, due),
      f1: ratio(2 * right, given + due),
      support: due,
    };
  });
}

/**
 * Plain mean of the labels' F1, 0..1. An answer that is no label at all counts as one more label
 * with F1 0, as in scikit-learn: prompts that ramble are punished. NaN for no rows.
 */
export function macroF1(pairs: readonly LabelPair[], labels?: readonly string[]): number {
  const scores = labelScores(pairs, labels);
  return scores.reduce((sum, score) => sum + score.f1, 0) / scores.length;
}

/** `macro_f1`: rows are 1 or 0 as in accuracy; the corpus value weighs every label alike. */
export function macroF1Metric(name: string, options: LabelOptions = {}): Metric {
  return {
    name,
    description: 'Mean F1 over the labels, so that rare labels count as much as common ones.',
    needs: 'expected',
    score: async (output, example) => {
      const expected = labelIn(expectedOf(example, name), options);
      const predicted = labelIn(output, options);
      const statistic = { expected, predicted };
      if (predicted === expected) return { value: 1, statistic };
      return { value: 0, statistic, feedback: expectedButGot(expected, predicted) };
    },
    aggregate: scores => macroF1(scores.map(pairOf)),
  };
}

function pairOf(score: Score): LabelPair {
  const { expected, predicted } = score.statistic ?? {};
  if (typeof expected !== 'string' || typeof predicted !== 'string') {
    throw new TypeError('This score was not made by macro_f1: it holds no pair of labels.');
  }
  return { expected, predicted };
}

function tallyOf(tallies: Map<string, Tally>, label: string): Tally {
  let tally = tallies.get(label);
  if (!tally) {
    tally = { due: 0, given: 0, right: 0 };
    tallies.set(label, tally);
  }
  return tally;
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
