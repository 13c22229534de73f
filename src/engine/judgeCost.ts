import type { Example } from './core/example.ts';
import type { Judge } from './core/judge.ts';
import type { Price } from './core/languageModel.ts';
import { between, exactly, forecastOf } from './forecast.ts';
import type { Forecast } from './verbs.ts';

/** What judging one answer costs, all judges together. `usd` is absent where a price is not known. */
export interface JudgeCost {
  readonly calls: number;
  readonly tokens: Forecast;
  readonly usd?: Forecast;
}

/** What the cost of judging is made from. */
export interface JudgeFacts {
  readonly judges: readonly Judge[];
  readonly priceOf: (model: string) => Price | undefined;
  readonly estimateTokens: (text: string) => number;
}

/** A short reason and a number. */
const shortVerdict = 40;
/** A verdict that explains itself; what is asked for at most is the judge's limit. */
const longVerdict = 256;
/** Where between short and long most of them lie. */
const middling = 0.25;

/**
 * Low: the expected answer is judged in a few words. High: an answer of `longest` tokens is judged,
 * by a verdict that explains itself, or by the longest one that is allowed where `worst` is set.
 */
export function judgeCost(
  { judges, priceOf, estimateTokens }: JudgeFacts,
  rows: readonly Example[],
  { longest, worst = false }: { readonly longest: number; readonly worst?: boolean },
): JudgeCost {
  let calls = 0;
  let tokens = exactly(0);
  let usd: Forecast | undefined = exactly(0);
  for (const judge of judges) {
    const sent = rows.map(row =>
      judge
        .messages(row.expected ?? '', row)
        .reduce((sum, { content }) => sum + estimateTokens(content), 0),
    );
    const mean = sent.length === 0 ? 0 : sent.reduce((sum, each) => sum + each, 0) / sent.length;
    const input = between(Math.ceil(mean), Math.ceil(mean) + longest, middling);
    const verdict = worst ? judge.verdictTokens : Math.min(longVerdict, judge.verdictTokens);
    const output = between(Math.min(shortVerdict, verdict), verdict, middling);
    const times = judge.callsPerAnswer;
    calls += times;
    const before = tokens;
    tokens = forecastOf(bound => before[bound] + times * (input[bound] + output[bound]));
    const price = priceOf(judge.model);
    const cost = (bound: keyof Forecast): number =>
      times * (input[bound] * (price?.inputUsd ?? 0) + output[bound] * (price?.outputUsd ?? 0));
    const sum: Forecast | undefined = usd;
    usd = price && sum && forecastOf(bound => sum[bound] + cost(bound));
  }
  return { calls, tokens, ...(usd ? { usd } : {}) };
}

/** The cost of judging so many answers. */
export function timesAnswers({ calls, tokens, usd }: JudgeCost, answers: Forecast) {
  const times = (each: Forecast): Forecast => forecastOf(bound => each[bound] * answers[bound]);
  return {
    calls: times(exactly(calls)),
    tokens: times(tokens),
    ...(usd ? { usd: times(usd) } : {}),
  };
}
