import { isBlank, lineAt, linesOf, trimmed, type TextRange } from './range.ts';

/** The lines without a blank one between them around an offset, or the next such, or the last. */
export function nearestParagraph(text: string, offset: number): TextRange | undefined {
  const lines = linesOf(text);
  const filled = lines.map(line => !isBlank(line.text));
  const cursor = lineAt(lines, offset);
  const next = filled.indexOf(true, cursor);
  const inside = next >= 0 ? next : filled.lastIndexOf(true, cursor);
  if (inside < 0) return undefined;
  const first = filled.lastIndexOf(false, inside) + 1;
  const after = filled.indexOf(false, inside);
  const last = after < 0 ? lines.length - 1 : after - 1;
  return trimmed(text, { start: lines[first]?.start ?? 0, end: lines[last]?.end ?? text.length });
}
