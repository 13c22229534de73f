import { RequestError } from './core/errors.ts';
import type { Amount, Budget } from './core/usage.ts';
import { minutesOf } from './estimateMinutes.ts';
import { exactly } from './forecast.ts';
import type { RunModels } from './parts.ts';
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
 * In a cross-validation these are the parts of its steps, in their order: the original on all rows,
 * then for each fold its search and its winner on the rows held out. A part that is given free adds
 * to what the ones before it have left.
 *
 * Throws a `RequestError` where the budget of calls cannot hold a search and its judgement.
 */
export function claimReserves(facts: EstimateFacts): Reserve[] {
  const { settings, splits, folds, repeats } = facts;
  const all = folds ? splits.train.length + splits.validation.length : splits.test.length;
  const judged = answersReserve(facts, 2 * all * repeats.final);
  const rows = Math.min(settings.sampleK, splits.train.length) + splits.validation.length;
  const first = answersReserve(facts, rows * repeats.search);
  refuseTooFewCalls(facts, judged.calls, first.calls);
  if (!folds) return [judged];
  const part = (share: number): Reserve => scaled(judged, share);
  const search = searchPart(settings.budget, judged, first, folds.length + 1);
  return [part(1 / 2), ...folds.flatMap(({ test }) => [search, part(test.length / (2 * all))])];
}

/**
 * What each of so many equal searches may cost: of what is left when everything is judged. The first
 * one gets what its look at the original takes on top: the others find these answers there.
 */
function searchPart(budget: Budget, judged: Reserve, first: Reserve, searches: number): Reserve {
  const shareOf = (limit: keyof Budget): number => {
    const left = Math.max(0, (budget[limit] ?? 0) - (judged[limit] ?? 0));
    return (left - Math.min(first[limit] ?? 0, left / 2)) / searches;
  };
  return {
    calls: Math.floor(shareOf('calls')),
    tokens: Math.floor(shareOf('tokens')),
    usd: shareOf('usd'),
    ...(budget.minutes === undefined ? {} : { minutes: shareOf('minutes') }),
  };
}

function scaled({ calls, tokens, usd, minutes }: Reserve, share: number): Reserve {
  return {
    calls: Math.ceil(calls * share),
    tokens: Math.floor(tokens * share),
    ...(usd === undefined ? {} : { usd: usd * share }),
    ...(minutes === undefined ? {} : { minutes: minutes * share }),
  };
}

function refuseTooFewCalls(
  { settings: { budget }, folds }: EstimateFacts,
  judged: number,
  first: number,
): void {
  const least = judged + first + 1 + (folds?.length ?? 0);
  if (budget.calls === undefined || budget.calls >= least) return;
  throw new RequestError(
    folds
      ? `A budget of ${budget.calls} calls is too small to cross-validate the search: judging its results takes up to ${judged} calls and the first look ${first}. Allow at least ${least}, or switch cross-validation off.`
      : `A budget of ${budget.calls} calls is too small for this dataset: judging the result takes up to ${judged} calls and the first look ${first}. Allow at least ${least}, or use fewer rows.`,
    'open-settings',
  );
}

/**
 * Keeps the parts back, the last one first: where an earlier session has spent what was kept for the
 * first ones, what is left goes to those that are still to come. Each call gives the next one free.
 */
export function keptBack(
  reserves: readonly Reserve[],
  { setAside }: Pick<RunModels, 'setAside'>,
): () => void {
  const releases = reserves.toReversed().map(reserve => setAside(reserve));
  return () => releases.pop()?.();
}

/** So many answers of the task model, and their judges, at their worst. */
function answersReserve(facts: EstimateFacts, answers: number): Reserve {
  const { settings, priceOf } = facts;
  const { budget } = settings;
  const limits = worstLimits(facts);
  const judge = judgeCost(facts, someRows(facts), { longest: limits.answer, worst: true });
  const calls = answers * (1 + judge.calls);
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
