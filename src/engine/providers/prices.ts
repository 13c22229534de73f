import type { Price } from '../core/languageModel.ts';

// USD per million tokens, standard tier, input and output, for prompts of ordinary length.
// OpenAI: platform.openai.com/docs/pricing as of March 2026.
const openaiPrices: readonly (readonly [pattern: RegExp, input: number, output: number])[] = [
  [/^gpt-5(-chat)?(-latest|-\d{4}-\d{2}-\d{2})?$/, 1.25, 10],
  [/^gpt-5\.1(-chat)?(-latest|-\d{4}-\d{2}-\d{2})?$/, 1.25, 10],
  [/^gpt-5-mini(-\d{4}-\d{2}-\d{2})?$/, 0.25, 2],
  [/^gpt-5-nano(-\d{4}-\d{2}-\d{2})?$/, 0.05, 0.4],
  [/^gpt-5-pro(-\d{4}-\d{2}-\d{2})?$/, 15, 120],
  [/^gpt-5\.4(-\d{4}-\d{2}-\d{2})?$/, 2.5, 15],
  [/^gpt-4\.1(-\d{4}-\d{2}-\d{2})?$/, 2, 8],
  [/^gpt-4\.1-mini(-\d{4}-\d{2}-\d{2})?$/, 0.4, 1.6],
  [/^gpt-4\.1-nano(-\d{4}-\d{2}-\d{2})?$/, 0.1, 0.4],
  [/^gpt-4o(-2024-(08-06|11-20))?$/, 2.5, 10],
  [/^gpt-4o-mini(-\d{4}-\d{2}-\d{2})?$/, 0.15, 0.6],
  [/^o3(-\d{4}-\d{2}-\d{2})?$/, 2, 8],
  [/^o[34]-mini(-\d{4}-\d{2}-\d{2})?$/, 1.1, 4.4],
];

// Vertex AI: pages of 2026 that quote cloud.google.com/vertex-ai/generative-ai/pricing, prompts up
// to 200,000 tokens, text; thinking counts as output. A model whose pages disagree is left out.
const vertexPrices: readonly (readonly [pattern: RegExp, input: number, output: number])[] = [
  [/^gemini-2\.5-pro$/, 1.25, 10],
  [/^gemini-2\.5-flash$/, 0.3, 2.5],
  [/^gemini-2\.5-flash-lite$/, 0.1, 0.4],
];

/** What runs on this machine costs nothing per token; electricity is not counted. */
export const freePrice: Price = { inputUsd: 0, outputUsd: 0 };

/**
 * Listed price of a model at OpenAI itself, or undefined. A dated name has its family's price
 * only where the list says so: unknown is not free, and not guessed either.
 */
export function openaiPrice(model: string): Price | undefined {
  return listed(openaiPrices, model);
}

/** Listed price of a Gemini model on Vertex AI, or undefined. */
export function vertexPrice(model: string): Price | undefined {
  return listed(vertexPrices, model);
}

function listed(
  prices: readonly (readonly [RegExp, number, number])[],
  model: string,
): Price | undefined {
  const found = prices.find(([pattern]) => pattern.test(model));
  return found && { inputUsd: found[1] / 1e6, outputUsd: found[2] / 1e6 };
}
