import { RequestError } from './errors.ts';
import { findMarks } from './marks.ts';
import type { Section } from './refinement.ts';

/**
 * The locked sections of a text in order; those that overlap or touch become one. Throws a
 * `RequestError` for a section that is not inside the text or cuts through a placeholder or a
 * character.
 */
export function mergedSections(text: string, locked: readonly Section[]): Section[] {
  const marks = findMarks(text);
  const merged: Section[] = [];
  for (const section of [...locked].sort((left, right) => left.start - right.start)) {
    const { start, end } = section;
    const isInside =
      Number.isInteger(start) && Number.isInteger(end) && start >= 0 && end <= text.length;
    if (!isInside || end < start) {
      throw new RequestError(
        `The locked section ${start}–${end} is not inside the text. Lock it anew.`,
      );
    }
    if (start === end) continue;
    for (const edge of [start, end]) {
      const cut = marks.find(mark => mark.start < edge && edge < mark.end);
      if (cut) throw new RequestError(`A lock cuts through ${cut.raw}. Lock all of it, or none.`);
      if (/^[\uD800-\uDBFF][\uDC00-\uDFFF]/.test(text.slice(edge - 1, edge + 1)) && edge > 0) {
        throw new RequestError('A lock cuts through a character. Lock all of it, or none.');
      }
    }
    const last = merged.at(-1);
    if (last && start <= last.end)
      merged[merged.length - 1] = { start: last.start, end: Math.max(end, last.end) };
    else merged.push(section);
  }
  return merged;
}

/** Every place of a part in a text, in order, without overlaps; none for an empty part. */
export function placesOf(text: string, part: string): Section[] {
  const places: Section[] = [];
  for (let at = part === '' ? -1 : text.indexOf(part); at >= 0;) {
    places.push({ start: at, end: at + part.length });
    at = text.indexOf(part, at + part.length);
  }
  return places;
}
