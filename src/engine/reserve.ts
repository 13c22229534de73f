import { RequestError } from './core/errors.ts';
import type { Amount } from './core/usage.ts';
import { minutesOf } from './estimateMinutes.ts';
import { exactly } from './forecast.ts';
import { judgeCost } from './judgeCost.ts';
import type { EstimateFacts } from './estimate.ts';
import { optimizerTokens, someRows, taskTokens, worstLimits } from './estimateTokens.ts';

/** What the look at the test rows may cost. */
export interface Reserve {
  readonly calls: number;
  readonly tokens: number;
  readonly usd?: number;
  /** Where the minutes are limited. */
  readonly minutes?: number;
}

/**
 * What is kept back from the search, so that the winner can be judged when the budget is used up:
 * the original and the best on every test row, and their judges. Calls are exact. Tokens and USD are a worst case
 * that hardly ever comes, so they take half of the budget at most.
 *
 * Throws a `RequestError` where the budget of calls cannot hold a search and its judgement.
 */
export function claimReserve(facts: EstimateFacts): Reserve {
  const { settings, splits, priceOf } = facts;
  const { budget } = settings;
  const limits = worstLimits(facts);
  const judge = judgeCost(facts, someRows(facts), { longest: limits.answer, worst: true });
  const answers = 2 * splits.test.length;
  const calls = answers * (1 + judge.calls);
  const rows = Math.min(settings.sampleK, splits.train.length) + splits.validation.length;
  const first = rows * (1 + judge.calls);
  if (budget.calls !== undefined && budget.calls <= calls + first) {
    throw new RequestError(
      `A budget of ${budget.calls} calls is too small for this dataset: judging the result takes up to ${calls} calls and the first look ${first}. Allow at least ${calls + first + 1}, or use fewer rows.`,
      'open-settings',
    );
  }
  const { input, output } = taskTokens(facts, limits);
  const tokens = answers * (input.high + output.high + judge.tokens.high);
  const price = priceOf(facts.taskModel);
  const perAnswer = price && input.high * price.inputUsd + output.high * price.outputUsd;
  const usd =
    perAnswer === undefined || !judge.usd ? undefined : answers * (perAnswer + judge.usd.high);
  return {
    calls,
    tokens: Math.min(tokens, (budget.tokens ?? Infinity) / 2),
    ...(usd === undefined ? {} : { usd: Math.min(usd, (budget.usd ?? Infinity) / 2) }),
    ...(budget.minutes === undefined
      ? {}
      : { minutes: Math.min(minutesToJudge(facts, answers, judge.calls), budget.minutes / 2) }),
  };
}

function minutesToJudge(
  { settings, taskModel, judges, paceOf }: EstimateFacts,
  answers: number,
  judgeCalls: number,
): number {
  const paces = {
    task: paceOf(taskModel, 'task'),
    optimizer: paceOf(taskModel, 'optimizer'),
    judge: paceOf(judges[0]?.model ?? taskModel, 'judge'),
  };
  const calls = {
    task: exactly(answers),
    optimizer: exactly(0),
    judge: exactly(answers * judgeCalls),
  };
  return minutesOf({ calls, steps: exactly(2), paces, concurrency: settings.concurrency }).high;
}

/** The most that one request of the task or the optimizer model may cost, by our own count of tokens. */
export function worstCall(facts: EstimateFacts): Amount {
  const limits = worstLimits(facts);
  const costs = (
    [
      [facts.taskModel, taskTokens(facts, limits)],
      [facts.optimizerModel, optimizerTokens(facts)],
    ] as const
  ).map(([model, { input, output }]) => {
    const price = facts.priceOf(model);
    return {
      tokens: input.high + output.high,
      usd: price ? input.high * price.inputUsd + output.high * price.outputUsd : 0,
    };
  });
  return {
    calls: 1,
    tokens: Math.max(...costs.map(({ tokens }) => tokens)),
    usd: Math.max(...costs.map(({ usd }) => usd)),
  };
}
