import { ScoringError } from '../core/errors.ts';
import type { Example } from '../core/example.ts';
import type { LanguageModel, ModelAnswer, ModelRequest } from '../core/languageModel.ts';
import type { Metric } from '../core/metric.ts';
import type { Usage } from '../core/usage.ts';
import { expectedOf } from './expected.ts';
import { pairRequest, readBetter, readScore, scoreRequest } from './judgeRequest.ts';
import { meanValue } from './mean.ts';

/** How two answers compare, with what asking used. */
export interface PairVerdict {
  readonly better: 'first' | 'second' | 'tie';
  readonly reason: string;
  readonly usage: Usage;
}

/**
 * `judge`: a model scores each answer by a rubric (Zheng et al. 2023, LLM-as-a-judge), at
 * temperature 0, on a scale of five shown as 0 to 1; its reason is the feedback. A verdict that
 * cannot be read is a `ScoringError`. Show its agreement with people before it may gate a run.
 */
export function judgeMetric(name: string, rubric: string, model: LanguageModel): Metric {
  return {
    name,
    description: `Judged by ${model.id}: ${rubric}`,
    needs: 'nothing',
    score: async (output, example, signal) => {
      const answer = await ask(model, scoreRequest(rubric, example, output), signal);
      const { value, reason } = readScore(answer.text);
      return { value, feedback: reason, usage: answer.usage };
    },
    aggregate: meanValue,
  };
}

/** `judge_pair`: the answer against the expected one: 1 better, 0.5 a tie, 0 worse. */
export function judgePairMetric(name: string, rubric: string, model: LanguageModel): Metric {
  return {
    name,
    description: `Compared with the expected answer by ${model.id}: ${rubric}`,
    needs: 'expected',
    score: async (output, example, signal) => {
      const pair = [output, expectedOf(example, name)] as const;
      const { better, reason, usage } = await judgePair(model, rubric, example, pair, signal);
      return { value: { first: 1, tie: 0.5, second: 0 }[better], feedback: reason, usage };
    },
    aggregate: meanValue,
  };
}

/**
 * Which of two answers is better, asked in both orders, because judges prefer a place: an answer
 * wins that is better in both, or in one with a tie in the other; anything else is a tie.
 */
export async function judgePair(
  model: LanguageModel,
  rubric: string,
  example: Example,
  [first, second]: readonly [string, string],
  signal?: AbortSignal,
): Promise<PairVerdict> {
  const one = await ask(model, pairRequest(rubric, example, first, second), signal);
  const other = await ask(model, pairRequest(rubric, example, second, first), signal);
  const forward = readBetter(one.text);
  const backward = readBetter(other.text);
  const points = { a: 1, tie: 0, b: -1 };
  const sum = points[forward.better] - points[backward.better];
  return {
    better: sum > 0 ? 'first' : sum < 0 ? 'second' : 'tie',
    reason:
      sum === 0 && forward.better !== 'tie'
        ? 'The judge chose by place: it preferred a different answer in each order.'
        : forward.reason,
    usage: added(one.usage, other.usage),
  };
}

async function ask(
  model: LanguageModel,
  request: ModelRequest,
  signal?: AbortSignal,
): Promise<ModelAnswer> {
  const answer = await model.generate(request, signal);
  if (answer.finish === 'stop') return answer;
  const why = answer.finish === 'refused' ? 'declined to judge' : 'was cut off at its length limit';
  throw new ScoringError(`The judge ${why}, so this row has no score.`);
}

function added(one: Usage, other: Usage): Usage {
  const usd = one.usd === undefined || other.usd === undefined ? undefined : one.usd + other.usd;
  return {
    calls: one.calls + other.calls,
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    estimated: one.estimated || other.estimated,
    ...(usd === undefined ? {} : { usd }),
  };
}
