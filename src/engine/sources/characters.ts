/** Whether a character shows nothing, so that a spelled escape serves a reader better. */
export function isInvisible(character: string): boolean {
  return /^[\p{Cc}\p{Cs}\u2028\u2029\ufeff]$/u.test(character);
}

/** Hexadecimal digits of a code unit or code point, padded with zeros. */
export function hex(code: number, width: number): string {
  return code.toString(16).padStart(width, '0');
}

/** Line ends that are looked at before a file is judged by them. */
const judgedLines = 1_000;

/** The line end that most of a file's first lines have; LF where there is none. */
export function lineEndOf(text: string): string {
  let count = 0;
  let crlf = 0;
  for (
    let at = text.indexOf('\n');
    at >= 0 && count < judgedLines;
    at = text.indexOf('\n', at + 1)
  ) {
    count += 1;
    if (text.charAt(at - 1) === '\r') crlf += 1;
  }
  return crlf > count / 2 ? '\r\n' : '\n';
}

/** A file's text with the line end that new lines get: counted once, not for every literal. */
export interface FileText {
  readonly text: string;
  readonly lineEnd: string;
}

/** Whether a literal spells out what is not ASCII, and so should what is added to it. */
export function spellsAsciiOnly(inside: string): boolean {
  return /\\(?:u[0-9a-f{]|U0|x[89a-f])/i.test(inside) && !/[^\0-\x7f]/.test(inside);
}

/** Whether two escapes together make one character: other languages keep them as two. */
export function joinsSurrogates(texts: readonly string[]): boolean {
  return texts.some((text, index) => {
    const next = texts[index + 1] ?? '';
    return /[\ud800-\udbff]$/.test(text) && /^[\udc00-\udfff]/.test(next);
  });
}
