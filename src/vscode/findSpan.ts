/**
 * Where a text that once stood at `start` stands now: still there, or in exactly one other place
 * because the document moved around it. Undefined where it has changed or stands twice.
 */
export function findSpan(document: string, text: string, start: number): number | undefined {
  if (document.startsWith(text, start)) return start;
  const first = document.indexOf(text);
  return first >= 0 && !document.includes(text, first + 1) ? first : undefined;
}
