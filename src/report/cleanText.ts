/**
 * Text of a model, a dataset or a provider, made safe for a terminal and for a log: it can set no
 * colour, title or clipboard, move no cursor, and forge no line of ours.
 */

const escape = '\\u001B';
const stringStart = `(?:${escape}[\\]PX^_]|[\\u0090\\u0098\\u009D-\\u009F])`;
const stringEnd = `(?:\\u0007|${escape}\\\\|\\u009C)`;

// A sequence goes as a whole, so that no "[31m" stays behind. Strings (OSC, DCS, SOS, PM, APC)
// first; one that never ends loses its start only, because the rest may be what was meant.
const sequences = new RegExp(
  [
    `${stringStart}[^\\u0007\\u001B\\u009C\\n]*${stringEnd}`,
    `(?:${escape}\\[|\\u009B)[0-?]*[ -/]*[@-~]?`,
    `${escape}[ -/]*[0-~]?`,
  ].join('|'),
  'gu',
);

/** Control characters but line feed and tab, and the marks that reorder what is shown. */
const unprintable = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu;

/** Keeps line breaks and tabs; everything else that is not text goes. */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n/g, '\n')
    .replace(sequences, '')
    .replace(/[\u2028\u2029\u0085]/g, '\n')
    .replace(unprintable, character => (character === '\n' || character === '\t' ? character : ''));
}

/** The same on one line: a record stays one line, whatever is in it. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim();
}

/** One line of at most `length` characters. */
export function cleanExcerpt(text: string, length = 160): string {
  // Cut first: a row may be megabytes long, and only its beginning is shown.
  const line = cleanLine(text.slice(0, length * 8));
  const characters = Array.from(line);
  return characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : line;
}
