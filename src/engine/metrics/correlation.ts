import { RequestError } from '../core/errors.ts';
import type { Metric } from '../core/metric.ts';
import type { Score } from '../core/score.ts';
import { incompleteBeta } from '../core/statistics/beta.ts';
import { averageRanks } from './averageRanks.ts';
import { expectedButGot } from './feedback.ts';
import { numbersOf } from './numbers.ts';
import { requireEqualLength } from './pairing.ts';
import { correlation, valueOfCorrelation, valueOfError } from './scale.ts';
import { rankCorrelationOver } from './rankCorrelation.ts';
import { figureIn } from './statistic.ts';

/** A coefficient, −1..1, with the two-sided p of "there is none"; NaN where not defined. */
export interface Correlation {
  readonly coefficient: number;
  readonly pValue: number;
}

type Numbers = readonly number[] | Float64Array;

/**
 * Pearson's correlation as `scipy.stats.pearsonr`; NaN where a side is constant. The p-value is
 * exact for normal numbers. Throws `RequestError` for fewer than two points.
 */
export function pearson(left: readonly number[], right: readonly number[]): Correlation {
  requireEqualLength('pearson', left, right);
  if (left.length < 2) throw new RequestError('pearson needs at least two rows.');
  const coefficient = coefficientOf(left, right);
  // Two points always lie on a line, which says nothing.
  if (left.length === 2) return { coefficient: Math.sign(coefficient), pValue: 1 };
  const half = left.length / 2 - 1;
  const pValue = 2 * incompleteBeta((1 - Math.abs(coefficient)) / 2, half, half);
  return { coefficient, pValue };
}

/**
 * Spearman's rank correlation as `scipy.stats.spearmanr`: Pearson's of average ranks; NaN where a
 * side is constant, holds NaN, or has fewer than two points. The p-value is that of t with n − 2
 * degrees of freedom; NaN for two points.
 */
export function spearman(left: readonly number[], right: readonly number[]): Correlation {
  requireEqualLength('spearman', left, right);
  const undefinedOne = { coefficient: NaN, pValue: NaN };
  if (left.length < 2 || left.some(Number.isNaN) || right.some(Number.isNaN)) return undefinedOne;
  const coefficient = coefficientOf(averageRanks(left), averageRanks(right));
  if (Number.isNaN(coefficient)) return undefinedOne;
  const freedom = left.length - 2;
  // The beta form of the t test: n − 2 over n − 2 + t² is 1 − r².
  const rest = Math.max(0, (1 - coefficient) * (1 + coefficient));
  return { coefficient, pValue: freedom === 0 ? NaN : incompleteBeta(rest, freedom / 2, 0.5) };
}

function coefficientOf(left: Numbers, right: Numbers): number {
  if (isConstant(left) || isConstant(right)) return NaN;
  const [meanLeft, meanRight] = [meanOf(left), meanOf(right)];
  let both = 0;
  let lefts = 0;
  let rights = 0;
  // Plain loops: a function a number takes longer than all of the arithmetic.
  for (let row = 0; row < left.length; row++) {
    const one = (left[row] ?? 0) - meanLeft;
    const other = (right[row] ?? 0) - meanRight;
    both += one * other;
    lefts += one * one;
    rights += other * other;
  }
  return Math.max(-1, Math.min(1, both / (Math.sqrt(lefts) * Math.sqrt(rights))));
}

function isConstant(values: Numbers): boolean {
  for (let row = 1; row < values.length; row++) if (values[row] !== values[0]) return false;
  return true;
}

function meanOf(values: Numbers): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** `pearson`. */
export function pearsonMetric(name: string): Metric {
  const description = 'Linear correlation of numbers (Pearson), −1 to 1.';
  return correlationMetric(name, description, pearson);
}

/** `spearman`. */
export function spearmanMetric(name: string): Metric {
  const description = 'Correlation of the order of numbers (Spearman), −1 to 1.';
  return {
    ...correlationMetric(name, description, spearman),
    valueOver: scores => {
      const coefficient = rankCorrelationOver(...sidesOf(scores, name));
      return rows => valueOfCorrelation(coefficient(rows));
    },
  };
}

/** The coefficient over all rows; a row's value only orders the rows. */
function correlationMetric(
  name: string,
  description: string,
  correlate: (left: readonly number[], right: readonly number[]) => Correlation,
): Metric {
  return {
    name,
    description,
    needs: 'expected',
    ...correlation,
    score: async (output, example) => {
      const { predicted, expected } = numbersOf(output, example, name);
      const statistic = { predicted, expected };
      const value = valueOfError(Math.abs(predicted - expected));
      if (value === 1) return { value, statistic };
      return { value, statistic, feedback: expectedButGot(String(expected), output) };
    },
    aggregate: scores => {
      if (scores.length < 2) return valueOfCorrelation(NaN);
      return valueOfCorrelation(correlate(...sidesOf(scores, name)).coefficient);
    },
  };
}

function sidesOf(
  scores: readonly Score[],
  name: string,
): readonly [predicted: number[], expected: number[]] {
  return [
    scores.map(score => figureIn(score, 'predicted', name)),
    scores.map(score => figureIn(score, 'expected', name)),
  ];
}
