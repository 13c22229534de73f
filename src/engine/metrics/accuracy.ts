import type { Metric } from '../core/metric.ts';
import { expectedOf } from './expected.ts';
import { expectedButGot } from './feedback.ts';
import { meanValue } from './mean.ts';
import { strip } from './pythonText.ts';

/** How a label is read from an answer. */
export interface LabelOptions {
  readonly ignore_case?: boolean;
}

/**
 * The label in a text: whitespace at both ends is left away, nothing else; case counts unless
 * `ignore_case` is set. `"1"` is text, as every label is.
 */
export function labelIn(text: string, options: LabelOptions = {}): string {
  const label = strip(text);
  return options.ignore_case ? label.toLowerCase() : label;
}

/** Share of equal pairs, 0..1 (`accuracy_score` of scikit-learn); NaN for none. */
export function accuracy(predicted: readonly string[], expected: readonly string[]): number {
  const right = expected.filter((label, row) => label === predicted[row]).length;
  return right / expected.length;
}

/** `accuracy`: 1 where the answer is the expected label, else 0. */
export function accuracyMetric(name: string, options: LabelOptions = {}): Metric {
  return {
    name,
    description: 'Share of answers that are the expected label; outer whitespace does not count.',
    needs: 'expected',
    score: async (output, example) => {
      const expected = labelIn(expectedOf(example, name), options);
      const predicted = labelIn(output, options);
      if (predicted === expected) return { value: 1 };
      return { value: 0, feedback: expectedButGot(expected, predicted) };
    },
    aggregate: meanValue,
  };
}
