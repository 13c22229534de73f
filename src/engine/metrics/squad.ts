import { RequestError } from '../core/errors.ts';
import type { Metric } from '../core/metric.ts';
import { referencesOf } from './expected.ts';
import { expectedButGot } from './feedback.ts';
import { meanValue } from './mean.ts';
import { percentage } from './scale.ts';
import { squadTokens, tokenF1 } from './tokenF1.ts';

/** Exact match and F1 of one answer, 0..1, each against its best gold answer. */
export interface SquadScore {
  readonly exact: number;
  readonly f1: number;
}

/**
 * Scores of one answer as the evaluation script of SQuAD v1.1 computes them (Rajpurkar et al.
 * 2016). F1 is 0 without a common word, also where both are empty. Throws `RequestError` where
 * there is no gold answer.
 */
export function squadScore(prediction: string, golds: readonly string[]): SquadScore {
  if (golds.length === 0) throw new RequestError('squad needs at least one answer in every row.');
  return {
    exact: Math.max(...golds.map(gold => Number(normalised(prediction) === normalised(gold)))),
    f1: Math.max(...golds.map(gold => tokenF1(prediction, gold))),
  };
}

/**
 * Scores of one answer as the script of SQuAD 2.0 computes them (Rajpurkar et al. 2018): an empty
 * text is right where the question has no answer, which an empty list of golds says.
 */
export function squadV2Score(prediction: string, golds: readonly string[]): SquadScore {
  const answers = golds.filter(gold => normalised(gold) !== '');
  const due = answers.length > 0 ? answers : [''];
  const f1 = (gold: string): number => {
    if (normalised(gold) !== '' && normalised(prediction) !== '') return tokenF1(prediction, gold);
    return Number(normalised(gold) === normalised(prediction));
  };
  return {
    exact: Math.max(...due.map(gold => Number(normalised(prediction) === normalised(gold)))),
    f1: Math.max(...due.map(f1)),
  };
}

/** `squad` and `squad_v2`, of which the latter reads an empty expected answer as "no answer". */
export function squadMetric(
  name: string,
  version: 'squad' | 'squad_v2',
  figure: keyof SquadScore,
): Metric {
  const kind = figure === 'f1' ? 'overlap of words (F1)' : 'exact match';
  return {
    name,
    description: `SQuAD ${version === 'squad' ? '1.1' : '2.0'}: ${kind} with the expected answer, 0 to 100.`,
    needs: 'expected',
    ...percentage,
    score: async (output, example) => {
      const golds = referencesOf(example, name);
      const due = golds.filter(gold => gold !== '');
      const scores = version === 'squad' ? squadScore(output, golds) : squadV2Score(output, due);
      const value = scores[figure];
      if (value === 1) return { value };
      return { value, feedback: expectedButGot(golds[0] ?? '', output) };
    },
    aggregate: meanValue,
  };
}

function normalised(text: string): string {
  return squadTokens(text).join(' ');
}
