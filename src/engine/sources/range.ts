/** A piece of a text: UTF-16 offsets, `end` exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** One line of a text, without its line end. */
export interface Line extends TextRange {
  readonly text: string;
}

/** The lines of a text with LF, CRLF or CR ends. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const lineEnd of text.matchAll(/\r\n|\r|\n/g)) {
    lines.push({ start, end: lineEnd.index, text: text.slice(start, lineEnd.index) });
    start = lineEnd.index + lineEnd[0].length;
  }
  lines.push({ start, end: text.length, text: text.slice(start) });
  return lines;
}

/** Whether a text holds nothing but white space. */
export function isBlank(text: string): boolean {
  return text.trim() === '';
}

/** The range without the white space at its ends. */
export function trimmed(text: string, { start, end }: TextRange): TextRange {
  const inside = text.slice(start, end);
  const leading = inside.length - inside.trimStart().length;
  return {
    start: start + leading,
    end: Math.max(start + leading, start + inside.trimEnd().length),
  };
}
