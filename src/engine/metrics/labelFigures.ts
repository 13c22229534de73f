import { cohensKappa, type KappaOptions } from './cohensKappa.ts';
import type { LabelFigure } from './labelMetric.ts';
import { matthewsCorrelation } from './matthewsCorrelation.ts';
import { averagedScores, labelScores, type Average } from './precisionRecallF1.ts';
import { correlation, valueOfCorrelation } from './scale.ts';

const meanings = {
  precision: 'Share of the answers with a label that are right',
  recall: 'Share of the rows that expect a label and get it',
  f1: 'Harmonic mean of precision and recall of a label',
} as const;

const averages: Readonly<Record<Exclude<Average, 'binary'>, string>> = {
  macro: 'mean over the labels, rare ones count as much as common ones',
  weighted: 'mean over the labels, weighted by their rows',
  micro: 'all labels together',
};

/**
 * `precision`, `recall` and `f1`: over all labels (`macro` where nothing is said), or of one
 * positive label, of which scikit-learn's default 1 is none where labels are texts.
 */
export function averagedFigure(
  kind: keyof typeof meanings,
  average: Exclude<Average, 'binary'> = 'macro',
  positive?: string,
): LabelFigure {
  const label = positive;
  if (label !== undefined) {
    return {
      description: `${meanings[kind]}, for the label "${label}", 0 to 1.`,
      valueOf: pairs => labelScores(pairs, [label])[0]?.[kind] ?? 0,
    };
  }
  return {
    description: `${meanings[kind]}, ${averages[average]}, 0 to 1.`,
    valueOf: pairs => averagedScores(pairs, { average })[kind],
  };
}

/** `macro_f1`: the same as `f1:average=macro`. */
export const macroF1Figure: LabelFigure = {
  ...averagedFigure('f1', 'macro'),
  description: 'Mean F1 over the labels, so that rare labels count as much as common ones.',
};

/** `matthews_correlation`. */
export const matthewsFigure: LabelFigure = {
  description: 'Correlation of answers and expected labels (Matthews), −1 to 1; 0 is chance.',
  valueOf: pairs => valueOfCorrelation(matthewsCorrelation(pairs)),
  scale: correlation,
};

/** `cohens_kappa`; weights compare places in the sorted order of the labels. */
export function kappaFigure(weights?: KappaOptions['weights']): LabelFigure {
  return {
    description: 'Agreement with the expected labels beyond chance (Cohen’s kappa), −1 to 1.',
    valueOf: pairs => valueOfCorrelation(cohensKappa(pairs, weights ? { weights } : {})),
    scale: correlation,
  };
}
