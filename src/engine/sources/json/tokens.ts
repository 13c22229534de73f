import type { TextRange } from '../range.ts';

/** A token of JSON with comments and trailing commas; white space and comments are none. */
export interface JsonToken extends TextRange {
  readonly kind: 'string' | 'word' | 'open' | 'close' | 'colon' | 'comma' | 'broken';
}

const pattern =
  /[\s\ufeff]+|\/\/[^\r\n]*|\/\*[^]*?\*\/|("(?:[^"\\\r\n]|\\[^\r\n])*")|([^\s"{}[\]:,/]+)|([{[])|([}\]])|(:)|(,)|([^])/gy;
const kinds = ['string', 'word', 'open', 'close', 'colon', 'comma', 'broken'] as const;

/** The tokens of a text; what is none is `broken`. */
export function jsonTokens(text: string): JsonToken[] {
  const tokens: JsonToken[] = [];
  for (const match of text.matchAll(pattern)) {
    const kind = kinds[match.slice(1).findIndex(Boolean)];
    const { index: start } = match;
    if (kind) tokens.push({ kind, start, end: start + match[0].length });
  }
  return tokens;
}
