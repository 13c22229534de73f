/**
 * Text rules of Python 3, in which the reference metrics are written. JavaScript's own differ:
 * `trim` and `\s` take U+FEFF for a space and U+001C to U+001F, U+0085 for none; `\b` knows ASCII only.
 */

const whitespace =
  '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const outerSpace = new RegExp(`^${whitespace}+|${whitespace}+$`, 'gu');
const spaces = new RegExp(`${whitespace}+`, 'u');
const punctuation = /[!-/:-@[-`{-~]/gu;

/** `str.strip()`. */
export function strip(text: string): string {
  return text.replace(outerSpace, '');
}

/** `str.split()`: the words, without empty ends. */
export function splitWords(text: string): string[] {
  return text.split(spaces).filter(word => word !== '');
}

/** Without the 32 characters of `string.punctuation`, which are ASCII only. */
export function withoutPunctuation(text: string): string {
  return text.replace(punctuation, '');
}
