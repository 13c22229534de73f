// Tokens of input and answer together as OpenAI publishes them for each model, and tokens of input as
// Google does. A model that is not listed is unknown, not guessed.
const windows: readonly (readonly [pattern: RegExp, tokens: number])[] = [
  [/^openai:gpt-5(\.1)?(-(mini|nano|pro))?(-\d{4}-\d{2}-\d{2})?$/, 400_000],
  [/^openai:gpt-4\.1(-(mini|nano))?(-\d{4}-\d{2}-\d{2})?$/, 1_047_576],
  [/^openai:(gpt-4o(-mini)?|chatgpt-4o-latest)(-\d{4}-\d{2}-\d{2})?$/, 128_000],
  [/^openai:gpt-4-turbo(-\d{4}-\d{2}-\d{2}|-preview)?$/, 128_000],
  [/^openai:gpt-4(-\d{4})?$/, 8_192],
  [/^openai:gpt-3\.5-turbo(-0125|-1106|-16k)?$/, 16_385],
  [/^openai:(o1|o1-pro|o3|o3-pro|o3-mini|o4-mini)(-\d{4}-\d{2}-\d{2})?$/, 200_000],
  [/^vertex:gemini-(2\.5-(pro|flash|flash-lite)|2\.0-flash|2\.0-flash-lite)(-\d{3})?$/, 1_048_576],
];

/** How many tokens the model `provider:id` reads at once; undefined where that is not listed. */
export function contextWindow(model: string): number | undefined {
  return windows.find(([pattern]) => pattern.test(model))?.[1];
}
