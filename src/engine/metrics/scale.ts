import type { Metric } from '../core/metric.ts';

/** How a metric's own scale relates to the engine's 0..1, higher is better. */
export type Scale = Pick<Metric, 'direction' | 'range' | 'shown'>;

/** 0..100, higher is better: BLEU of sacrebleu, chrF, SQuAD. */
export const percentage: Scale = {
  direction: 'higher',
  range: [0, 100],
  shown: value => 100 * value,
};

/** −1..1, higher is better: correlations and agreement beyond chance. */
export const correlation: Scale = {
  direction: 'higher',
  range: [-1, 1],
  shown: value => 2 * value - 1,
};

/** The engine's value of a correlation. One that is not defined (NaN) counts as none, 0. */
export function valueOfCorrelation(coefficient: number): number {
  return Number.isNaN(coefficient) ? 0.5 : Math.min(1, Math.max(0, (coefficient + 1) / 2));
}

/** 0..∞, lower is better: error rates and distances. */
export const errorRate: Scale = {
  direction: 'lower',
  range: [0, Infinity],
  shown: value => 1 / value - 1,
};

/**
 * The engine's value of an error: 1 / (1 + error). It keeps the order and, being strictly
 * monotone, loses nothing, also where a rate passes 1; small rates are close to 1 − error.
 */
export function valueOfError(error: number): number {
  return 1 / (1 + error);
}
