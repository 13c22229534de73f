import type { Example } from '../core/example.ts';
import type { Metric } from '../core/metric.ts';
import { confusionTable } from './confusionMatrix.ts';
import { referencesOf } from './expected.ts';
import { expectedButGot } from './feedback.ts';
import type { LabelPair } from './labels.ts';
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

/**
 * The label of an answer and the one it is held against: of several right ones that which was
 * given, else the first. Throws `ScoringError` where the row has none.
 */
export function labelsIn(
  output: string,
  example: Example,
  metric: string,
  options: LabelOptions,
): { expected: string; predicted: string } {
  const predicted = labelIn(output, options);
  const due = referencesOf(example, metric).map(label => labelIn(label, options));
  return { expected: due.includes(predicted) ? predicted : (due[0] ?? ''), predicted };
}

/** Options as scikit-learn names them. */
export interface AccuracyOptions {
  /** Whether a share is wanted; the weight of the equal pairs if false. */
  readonly normalize?: boolean;
}

/** Share of equal pairs, 0..1 (`accuracy_score` of scikit-learn); NaN for none. */
export function accuracy(
  pairs: readonly LabelPair[],
  { normalize = true }: AccuracyOptions = {},
): number {
  let right = 0;
  let whole = 0;
  for (const { expected, predicted, weight = 1 } of pairs) {
    if (expected === predicted) right += weight;
    whole += weight;
  }
  return normalize ? right / whole : right;
}

/** `accuracy`: 1 where the answer is the expected label, else 0. */
export function accuracyMetric(name: string, options: LabelOptions = {}): Metric {
  return {
    name,
    description: 'Share of answers that are the expected label; outer whitespace does not count.',
    needs: 'expected',
    score: async (output, example) => {
      const { expected, predicted } = labelsIn(output, example, name, options);
      if (predicted === expected) return { value: 1 };
      return { value: 0, feedback: expectedButGot(expected, predicted) };
    },
    confusion: rows =>
      confusionTable(rows.map(row => labelsIn(row.output, row.example, name, options))),
    aggregate: meanValue,
  };
}
