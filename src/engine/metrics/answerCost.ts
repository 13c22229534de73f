import { ScoringError } from '../core/errors.ts';
import type { AnswerFacts, Metric } from '../core/metric.ts';
import { meanOf } from './statistic.ts';
import { errorRate, valueOfError } from './scale.ts';

/** Answers that a cost is shown for: one alone costs too little to read. */
const answersShown = 1000;

/** `latency`: mean time of an answer in seconds, its last attempt alone. */
export function latencyMetric(name: string): Metric {
  return perAnswer(name, 'Mean time of an answer in seconds; lower is better.', facts => {
    if (facts.milliseconds !== undefined) return facts.milliseconds / 1000;
    throw new ScoringError('It is not known how long this answer took.');
  });
}

/** `cost`: mean price of the task model in USD for 1,000 answers. */
export function costMetric(name: string): Metric {
  const description = 'Mean cost of 1,000 answers of the task model in USD; lower is better.';
  const metric = perAnswer(name, description, ({ usage }) => {
    if (usage.usd !== undefined) return answersShown * usage.usd;
    throw new ScoringError('The price of this answer is not known.');
  });
  return { ...metric, needsPrice: true };
}

function perAnswer(
  name: string,
  description: string,
  amountOf: (facts: AnswerFacts) => number,
): Metric {
  return {
    name,
    description,
    needs: 'nothing',
    ...errorRate,
    score: async (_output, _example, _signal, facts) => {
      if (!facts) throw new ScoringError(`Nothing is known of this answer but its text.`);
      const amount = amountOf(facts);
      return { value: valueOfError(amount), statistic: { amount } };
    },
    aggregate: scores => valueOfError(meanOf(scores, 'amount', name)),
  };
}
