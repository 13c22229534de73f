/** Tokens as the simulation counts them: words and marks. */
export function countTokens(text: string): number {
  return text.match(/[\p{L}\p{N}_]+|[^\p{L}\p{N}_\s]/gu)?.length ?? 0;
}

/** The first `limit` tokens of a text. */
export function firstTokens(text: string, limit: number): string {
  let seen = 0;
  for (const match of text.matchAll(/[\p{L}\p{N}_]+|[^\p{L}\p{N}_\s]/gu)) {
    seen += 1;
    if (seen > limit) return text.slice(0, match.index).trimEnd();
  }
  return text;
}
