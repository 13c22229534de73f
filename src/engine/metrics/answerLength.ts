import type { Metric } from '../core/metric.ts';
import { meanValue } from './mean.ts';
import { valueOfError } from './scale.ts';
import { meanOf } from './statistic.ts';

/**
 * `length`: rough tokens of an answer. With a limit, the share of answers within it; without one,
 * the mean length, of which less is better. No model's own tokenizer is asked.
 */
export function lengthMetric(
  name: string,
  max: number | undefined,
  countTokens: (text: string) => number,
): Metric {
  if (max !== undefined) {
    return {
      name,
      description: `Share of answers of about ${max} tokens and fewer (rough count).`,
      needs: 'nothing',
      score: async output => {
        const tokens = countTokens(output);
        if (tokens <= max) return { value: 1 };
        return { value: 0, feedback: `The answer has about ${tokens} tokens, more than ${max}.` };
      },
      aggregate: meanValue,
    };
  }
  return {
    name,
    description: 'Mean length of the answers in tokens (rough count); lower is better.',
    needs: 'nothing',
    direction: 'lower',
    range: [0, Infinity],
    shown: value => 1 / value - 1,
    score: async output => {
      const tokens = countTokens(output);
      return { value: valueOfError(tokens), statistic: { tokens } };
    },
    aggregate: scores => valueOfError(meanOf(scores, 'tokens', name)),
  };
}
