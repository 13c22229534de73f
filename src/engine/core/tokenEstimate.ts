/**
 * Rough number of tokens of a text, for estimates and for providers that report no usage.
 *
 * The larger of characters / 4 (the rule of thumb that OpenAI gives for English) and the count of
 * words and marks × 0.75. For English and source code within about 25 % of byte-pair tokenizers;
 * for scripts without spaces every character beyond ASCII counts as one token, which is too many
 * rather than too few. Never below 1 for a text that is not empty.
 */
export function estimateTokens(text: string): number {
  if (text === '') return 0;
  let wide = 0;
  for (const character of text) if (character > '\u024f') wide += 1;
  const pieces = text.match(/[\p{L}\p{N}_]+|[^\p{L}\p{N}_\s]/gu)?.length ?? 0;
  return Math.max(1, Math.ceil(Math.max((text.length - wide) / 4, pieces * 0.75) + wide));
}
