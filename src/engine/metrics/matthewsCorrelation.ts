import { confusionMatrix } from './confusionMatrix.ts';
import type { Label, LabelPair } from './labels.ts';

/**
 * Matthews' correlation coefficient for any number of classes (Gorodkin 2004), as
 * `matthews_corrcoef` of scikit-learn: −1..1, 0 where a side has one label only.
 */
export function matthewsCorrelation<L extends Label>(pairs: readonly LabelPair<L>[]): number {
  const matrix = confusionMatrix(pairs);
  const expected = matrix.map(row => sum(row));
  const predicted = matrix.map((_, column) => sum(matrix.map(row => row[column] ?? 0)));
  const right = sum(matrix.map((row, at) => row[at] ?? 0));
  const whole = sum(expected);
  const covariance = right * whole - dot(expected, predicted);
  const spread =
    (whole * whole - dot(predicted, predicted)) * (whole * whole - dot(expected, expected));
  return spread === 0 ? 0 : covariance / Math.sqrt(spread);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function dot(left: readonly number[], right: readonly number[]): number {
  return sum(left.map((value, at) => value * (right[at] ?? 0)));
}
