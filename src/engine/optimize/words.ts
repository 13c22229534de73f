/** Words and numbers of a text in lower case, in order. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

/**
 * Rough number of tokens of a text: four characters each within ASCII, one token for every other
 * character. An estimate for limits of length, never for money.
 */
export function roughTokens(text: string): number {
  let quarters = 0;
  for (const character of text) quarters += character < '\u0080' ? 1 : 4;
  return Math.ceil(quarters / 4);
}

/** A text of at most about `tokens` tokens; what was taken out of its middle is said in its place. */
export function clipMiddle(text: string, tokens: number): string {
  if (roughTokens(text) <= tokens) return text;
  const characters = [...text];
  const share = (tokens * characters.length) / roughTokens(text);
  const half = Math.max(1, Math.floor(share / 2));
  const left = characters.slice(0, half).join('');
  const right = characters.slice(-half).join('');
  return `${left} […${characters.length - 2 * half} characters left out…] ${right}`;
}
