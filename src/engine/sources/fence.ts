import { isBlank, lineAt, linesOf, type Line, type TextRange } from './range.ts';

/**
 * The inside of the fenced block (CommonMark 0.31, section 4.5) around an offset. Only fences that are not indented:
 * the inside of an indented one belongs to a list and cannot be put back raw.
 */
export function enclosingFence(text: string, offset: number): TextRange | undefined {
  const lines = linesOf(text);
  const cursor = lineAt(lines, offset);
  for (let index = 0; index <= cursor; index += 1) {
    const marks = openingMarks(lines[index]);
    if (marks === undefined) continue;
    const close = closingLine(lines, index + 1, marks);
    // An open end makes the rest of the file code; nobody can tell what was meant.
    if (close < 0) return undefined;
    if (cursor <= close) return inside(text, lines, index, close);
    index = close;
  }
  return undefined;
}

function inside(
  text: string,
  lines: readonly Line[],
  open: number,
  close: number,
): TextRange | undefined {
  const start = lines[open + 1]?.start;
  const end = lines[close - 1]?.end;
  if (start === undefined || end === undefined || close === open + 1) return undefined;
  return isBlank(text.slice(start, end)) ? undefined : { start, end };
}

function openingMarks(line: Line | undefined): string | undefined {
  const [, backticks, tildes] = /^(?:(`{3,})[^`]*|(~{3,}).*)$/.exec(line?.text ?? '') ?? [];
  return backticks ?? tildes;
}

function closingLine(lines: readonly Line[], first: number, marks: string): number {
  for (let index = first; index < lines.length; index += 1) {
    if (closes(lines[index], marks)) return index;
  }
  return -1;
}

function closes(line: Line | undefined, marks: string): boolean {
  const [, found] = /^(`{3,}|~{3,})[ \t]*$/.exec(line?.text ?? '') ?? [];
  return found !== undefined && found.startsWith(marks.charAt(0)) && found.length >= marks.length;
}
