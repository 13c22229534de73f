import type { Example } from './core/example.ts';
import type { Judge } from './core/judge.ts';
import type { Price } from './core/languageModel.ts';
import type { Range } from './verbs.ts';

/** What judging one answer costs, all judges together. `usd` is absent where a price is not known. */
export interface JudgeCost {
  readonly calls: number;
  readonly tokens: Range;
  readonly usd?: Range;
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
  let tokens: Range = { low: 0, high: 0 };
  let usd: Range | undefined = { low: 0, high: 0 };
  for (const judge of judges) {
    const sent = rows.map(row =>
      judge
        .messages(row.expected ?? '', row)
        .reduce((sum, { content }) => sum + estimateTokens(content), 0),
    );
    const mean = sent.length === 0 ? 0 : sent.reduce((sum, each) => sum + each, 0) / sent.length;
    const input = { low: Math.ceil(mean), high: Math.ceil(mean) + longest };
    const verdict = worst ? judge.verdictTokens : Math.min(longVerdict, judge.verdictTokens);
    const output = { low: Math.min(shortVerdict, verdict), high: verdict };
    const times = judge.callsPerAnswer;
    calls += times;
    tokens = {
      low: tokens.low + times * (input.low + output.low),
      high: tokens.high + times * (input.high + output.high),
    };
    const price = priceOf(judge.model);
    const cost = (of: keyof Range): number =>
      times * (input[of] * (price?.inputUsd ?? 0) + output[of] * (price?.outputUsd ?? 0));
    usd = price && usd && { low: usd.low + cost('low'), high: usd.high + cost('high') };
  }
  return { calls, tokens, ...(usd ? { usd } : {}) };
}

/** The cost of judging so many answers. */
export function timesAnswers({ calls, tokens, usd }: JudgeCost, answers: Range) {
  const times = (range: Range): Range => ({
    low: range.low * answers.low,
    high: range.high * answers.high,
  });
  return {
    calls: times({ low: calls, high: calls }),
    tokens: times(tokens),
    ...(usd ? { usd: times(usd) } : {}),
  };
}
