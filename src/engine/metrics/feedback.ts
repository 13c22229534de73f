/** Longest piece of a text that feedback quotes, in characters. */
const longest = 160;

/** A sentence that names what was due and what came, for the optimizer model. */
export function expectedButGot(expected: string, got: string): string {
  return `Expected ${quoted(expected)}, got ${quoted(got)}.`;
}

/** A text on one line, cut where it is long; words of an empty text say so. */
export function quoted(text: string): string {
  const characters = Array.from(text.trim().replace(/\s+/gu, ' '));
  if (characters.length === 0) return 'an empty answer';
  if (characters.length <= longest) return characters.join('');
  return `${characters.slice(0, longest).join('')} … (${characters.length} characters)`;
}
