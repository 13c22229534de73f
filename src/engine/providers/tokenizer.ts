import type { Tokenizer } from '../core/tokenizer.ts';

// The models of OpenAI since GPT-4o, by their names at OpenAI itself and at servers that resell them.
const countsInO200k = /(?:^|[:/])(?:gpt-4o|gpt-4\.1|gpt-4\.5|gpt-5|chatgpt-4o|o[134](?:-|$))/i;

/**
 * The tokenizer of a model by its id, `provider:model`: o200k (OpenAI, in the vocabulary that
 * `gpt-tokenizer` carries) where the model is known to use it, and o200k as an estimate everywhere
 * else. The vocabulary, 2 MB, is read on first use.
 */
export async function tokenizerOf(model: string | undefined): Promise<Tokenizer> {
  const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base');
  // A prompt may speak of `<|endoftext|>`; as data it is text like any other.
  const asText = { disallowedSpecial: new Set<string>() };
  return {
    count: text => countTokens(text, asText),
    exact: model !== undefined && countsInO200k.test(model),
  };
}
