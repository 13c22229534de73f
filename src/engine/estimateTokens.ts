import type { Example } from './core/example.ts';
import { renderPrompt } from './core/prompt.ts';
import type { EstimateFacts } from './estimate.ts';
import { between, forecastOf } from './forecast.ts';
import { longestPrompt } from './optimize/guards.ts';
import type { Forecast } from './verbs.ts';

/** Rows that are asked before a run, so that its estimate need not be guessed. */
export const probeRows = 3;

/** Tokens of one call. */
export type CallTokens = Readonly<Record<'input' | 'output', Forecast>>;

/** How long things get: tokens by which the prompt grows, and tokens of the longest answer. */
export interface Limits {
  readonly grown: number;
  readonly answer: number;
}

/** All rows that the optimizer model is shown at once, at most (`optimize/evidence.ts`). */
const evidenceTokens = 3500;
/** Tokens of the instructions around the evidence, and of a rationale. */
const optimizerFrame = 700;
/** Where between short and long most prompts and answers lie. */
const middling = 0.25;

/** The worst that the guards and the settings let happen. */
export function worstLimits({ prompt, estimateTokens, settings }: EstimateFacts): Limits {
  const own = estimateTokens(prompt.system) + estimateTokens(prompt.output);
  return { grown: longestPrompt(own) - own, answer: settings.maxTokens };
}

/** An answer that explains itself, and a prompt that twice as many rules have made longer. */
export function usualLimits(facts: EstimateFacts): Limits {
  const { prompt, estimateTokens } = facts;
  const own = estimateTokens(prompt.system) + estimateTokens(prompt.output);
  const expected = Math.max(...someRows(facts).map(row => estimateTokens(row.expected ?? '')), 0);
  const worst = worstLimits(facts);
  return {
    grown: Math.min(worst.grown, Math.max(300, own)),
    answer: Math.min(worst.answer, Math.max(256, 4 * expected)),
  };
}

/** Tokens of one call of the task model. */
export function taskTokens(facts: EstimateFacts, { grown, answer }: Limits): CallTokens {
  const { prompt, estimateTokens } = facts;
  const rows = someRows(facts);
  const prompts = rows.map(row =>
    renderPrompt(prompt, row.inputs).reduce((sum, each) => sum + estimateTokens(each.content), 0),
  );
  const wanted = rows.map(row => estimateTokens(row.expected ?? ''));
  const input = mean(prompts);
  const shortest = Math.max(1, mean(wanted));
  const output = between(shortest, answer, middling);
  // An answer that is known to be a word or two seldom comes with a page around it.
  const usual = mean(wanted) > 0 ? Math.min(output.likely, 2 * shortest + 10) : output.likely;
  return probed(
    {
      input: between(input, input + grown, middling),
      output: { ...output, likely: Math.min(answer, usual) },
    },
    facts.probe,
    answer,
  );
}

/** As a few rows have shown it: our count of tokens put right, and answers of half to four times that length. */
function probed(tokens: CallTokens, probe: EstimateFacts['probe'], longest: number): CallTokens {
  if (!probe || probe.outputTokens <= 0) return tokens;
  const { input } = tokens;
  const right = Math.min(3, Math.max(1 / 3, probe.inputTokens / Math.max(1, input.low)));
  const length = Math.ceil(probe.outputTokens);
  const high = Math.max(length, Math.min(longest, 4 * length));
  return {
    input: forecastOf(bound => Math.ceil(input[bound] * right)),
    output: { low: Math.ceil(length / 2), likely: length, high },
  };
}

/** Tokens of one call of the optimizer model. */
export function optimizerTokens(facts: EstimateFacts): CallTokens {
  const { prompt, estimateTokens } = facts;
  const own = estimateTokens(prompt.system) + estimateTokens(prompt.output);
  const row = mean(
    someRows(facts).map(each =>
      estimateTokens(Object.values(each.inputs).join('\n') + (each.expected ?? '')),
    ),
  );
  const longest = longestPrompt(own);
  return {
    input: between(optimizerFrame + own + row, optimizerFrame + longest + evidenceTokens, middling),
    output: between(own, longest + optimizerFrame, middling),
  };
}

/** Enough rows to tell how long they are. */
export function someRows({ splits }: EstimateFacts): readonly Example[] {
  return [...splits.train, ...splits.validation, ...splits.test].slice(0, 200);
}

function mean(numbers: readonly number[]): number {
  if (numbers.length === 0) return 0;
  return Math.ceil(numbers.reduce((sum, each) => sum + each, 0) / numbers.length);
}
