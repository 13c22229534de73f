import { RequestError, ScoringError } from '../core/errors.ts';
import type { Example } from '../core/example.ts';
import type { Metric } from '../core/metric.ts';
import { expectedOf } from './expected.ts';
import { expectedButGot, quoted } from './feedback.ts';
import { requireEqualLength, requirePairs } from './pairing.ts';
import { strip } from './pythonText.ts';
import { errorRate, valueOfError } from './scale.ts';
import { meanOf } from './statistic.ts';

/** Mean absolute error, `mean_absolute_error` of scikit-learn on doubles. Throws `RequestError`. */
export function meanAbsoluteError(
  predicted: readonly number[],
  expected: readonly number[],
  weights?: readonly number[],
): number {
  return meanError('mae', predicted, expected, weights, Math.abs);
}

/** Mean squared error, `mean_squared_error` of scikit-learn on doubles. Throws `RequestError`. */
export function meanSquaredError(
  predicted: readonly number[],
  expected: readonly number[],
  weights?: readonly number[],
): number {
  return meanError('mse', predicted, expected, weights, error => error * error);
}

/** A text that is one decimal number, whitespace around it aside; undefined for anything else. */
export function decimalIn(text: string): number | undefined {
  const bare = strip(text);
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/iu.test(bare)) return undefined;
  const number = Number(bare);
  return Number.isFinite(number) ? number : undefined;
}

/** The two numbers of a row. Throws `ScoringError` where the answer or the reference is none. */
export function numbersOf(
  output: string,
  example: Example,
  metric: string,
): { predicted: number; expected: number } {
  const due = expectedOf(example, metric);
  const expected = decimalIn(due);
  if (expected === undefined) {
    throw new ScoringError(
      `Line ${example.line}: the expected answer ${quoted(due)} is no number, which ${metric} needs.`,
    );
  }
  const predicted = decimalIn(output);
  if (predicted === undefined) throw new ScoringError(`The answer ${quoted(output)} is no number.`);
  return { predicted, expected };
}

/** `mae`, `mse` and `rmse`: the cost of each row's error, and what becomes of their mean. */
export function numberErrorMetric(
  name: string,
  description: string,
  costOf: (error: number) => number,
  figureOf: (mean: number) => number = mean => mean,
): Metric {
  return {
    name,
    description,
    needs: 'expected',
    ...errorRate,
    score: async (output, example) => {
      const { predicted, expected } = numbersOf(output, example, name);
      const cost = costOf(predicted - expected);
      const score = { value: valueOfError(figureOf(cost)), statistic: { cost } };
      if (cost === 0) return score;
      return { ...score, feedback: expectedButGot(String(expected), output) };
    },
    aggregate: scores => valueOfError(figureOf(meanOf(scores, 'cost', name))),
  };
}

function meanError(
  metric: string,
  predicted: readonly number[],
  expected: readonly number[],
  weights: readonly number[] | undefined,
  costOf: (error: number) => number,
): number {
  requirePairs(metric, predicted, expected);
  if (weights) requireEqualLength(metric, weights, expected);
  let sum = 0;
  let whole = 0;
  expected.forEach((wanted, row) => {
    const weight = weights?.[row] ?? 1;
    sum += weight * costOf((predicted[row] ?? NaN) - wanted);
    whole += weight;
  });
  if (!Number.isFinite(sum)) {
    throw new RequestError(`${metric} needs finite numbers in every row.`);
  }
  return sum / whole;
}
