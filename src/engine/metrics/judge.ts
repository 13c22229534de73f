import { ScoringError } from '../core/errors.ts';
import type { Example } from '../core/example.ts';
import type { Judge } from '../core/judge.ts';
import type { LanguageModel, ModelRequest } from '../core/languageModel.ts';
import type { Metric } from '../core/metric.ts';
import { joinedUsage, type Usage } from '../core/usage.ts';
import { expectedOf } from './expected.ts';
import { judgeAgreement, judgeWarning } from './judgeAgreement.ts';
import { pairRequest, readBetter, readScore, scoreRequest, verdictTokens } from './judgeRequest.ts';
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
    ...judgeBy(
      model,
      rubric,
      1,
      (output, example) => scoreRequest(rubric, example, output).messages,
    ),
    score: async (output, example, signal) => {
      const request = scoreRequest(rubric, example, output);
      const { value, reason, usage } = await ask(model, request, readScore, signal);
      return { value, feedback: reason, usage };
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
    ...judgeBy(
      model,
      rubric,
      2,
      (output, example) => pairRequest(rubric, example, output, example.expected ?? '').messages,
    ),
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
  const forward = await ask(model, pairRequest(rubric, example, first, second), readBetter, signal);
  const backward = await askBack(forward.usage);
  const points = { a: 1, tie: 0, b: -1 };
  const sum = points[forward.better] - points[backward.better];
  return {
    better: sum > 0 ? 'first' : sum < 0 ? 'second' : 'tie',
    reason:
      sum === 0 && forward.better !== 'tie'
        ? 'The judge chose by place: it preferred a different answer in each order.'
        : forward.reason,
    usage: joinedUsage(forward.usage, backward.usage),
  };

  async function askBack(used: Usage) {
    try {
      return await ask(model, pairRequest(rubric, example, second, first), readBetter, signal);
    } catch (error) {
      if (!(error instanceof ScoringError) || !error.usage) throw error;
      throw new ScoringError(error.message, joinedUsage(used, error.usage));
    }
  }
}

/** The verdict in an answer. Where there is none, the error says what asking has used. */
async function ask<Verdict>(
  model: LanguageModel,
  request: ModelRequest,
  read: (text: string) => Verdict,
  signal?: AbortSignal,
): Promise<Verdict & { readonly usage: Usage }> {
  const { finish, text, usage } = await model.generate(request, signal);
  if (finish !== 'stop') {
    const why = finish === 'refused' ? 'declined to judge' : 'was cut off at its length limit';
    throw new ScoringError(`The judge ${why}, so this row has no score.`, usage);
  }
  try {
    return { ...read(text), usage };
  } catch (error) {
    throw error instanceof ScoringError ? new ScoringError(error.message, usage) : error;
  }
}

/** The judge as faces and estimates see it. */
function judgeBy(
  model: LanguageModel,
  rubric: string,
  callsPerAnswer: number,
  messages: Judge['messages'],
): { readonly judges: readonly Judge[] } {
  const judge: Judge = {
    model: model.id,
    rubric,
    callsPerAnswer,
    verdictTokens,
    messages,
    agreement: judgeAgreement,
    warning: judgeWarning,
  };
  return { judges: [judge] };
}
