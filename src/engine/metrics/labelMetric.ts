import type { Metric } from '../core/metric.ts';
import type { Score } from '../core/score.ts';
import { labelsIn, type LabelOptions } from './accuracy.ts';
import { confusionTable } from './confusionMatrix.ts';
import { expectedButGot } from './feedback.ts';
import type { LabelPair } from './labels.ts';
import type { Scale } from './scale.ts';

/** What sets one metric over labels apart from another. */
export interface LabelFigure {
  readonly description: string;
  /** The value of all rows, 0..1; `pairs` is never empty. */
  readonly valueOf: (pairs: readonly LabelPair<string>[]) => number;
  readonly scale?: Scale;
}

/**
 * A metric over labels: rows are 1 or 0 as in accuracy, the corpus value comes from all pairs. An
 * answer that is no label at all counts as one more label, so prompts that ramble are punished.
 */
export function labelMetric(name: string, figure: LabelFigure, options: LabelOptions = {}): Metric {
  return {
    name,
    description: figure.description,
    needs: 'expected',
    ...figure.scale,
    score: async (output, example) => {
      const statistic = labelsIn(output, example, name, options);
      const { expected, predicted } = statistic;
      if (predicted === expected) return { value: 1, statistic };
      return { value: 0, statistic, feedback: expectedButGot(expected, predicted) };
    },
    confusion: rows =>
      confusionTable(rows.map(row => labelsIn(row.output, row.example, name, options))),
    aggregate: scores => figure.valueOf(scores.map(score => labelPairIn(score, name))),
  };
}

/** The labels that a score holds. Throws `TypeError` for a score that another metric made. */
export function labelPairIn(score: Score, metric: string): LabelPair<string> {
  const { expected, predicted } = score.statistic ?? {};
  if (typeof expected !== 'string' || typeof predicted !== 'string') {
    throw new TypeError(`This score was not made by ${metric}: it holds no pair of labels.`);
  }
  return score.statistic as unknown as LabelPair<string>;
}
