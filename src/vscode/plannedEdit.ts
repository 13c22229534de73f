import { knowsLanguage, writeBack } from '../engine/index.ts';
import type { ProvenAlternative, SourceReader, TextRange, WriteBack } from '../engine/index.ts';
import { findSpan } from './findSpan.ts';
import type { LiteralPlace, RefinementReview, SpanPlace } from './refinementReview.ts';

/** An edit that may be made, and how the prompt reads after it. */
export interface AcceptedEdit extends TextRange {
  readonly source: string;
  /** The refined prompt as it then stands in the file: what is kept as a version. */
  readonly accepted: string;
}

/** What can be done with an accepted text; nothing has happened yet. */
export type Plan =
  | ({ readonly kind: 'edit' } & AcceptedEdit)
  | { readonly kind: 'conflict'; readonly merged: string; readonly conflicts: number }
  | {
      readonly kind: 'refused';
      readonly reason: string;
      readonly alternatives: readonly (AcceptedEdit & Pick<ProvenAlternative, 'title'>)[];
    };

/** Finds the prompt of a review in the file as it reads now, and says how `after` gets there. */
export function plannedEdit(
  reader: SourceReader,
  file: string,
  { source, after }: RefinementReview,
): Promise<Plan> {
  const { place, languageId } = source;
  return place.kind === 'literal'
    ? planLiteral(reader, { file, languageId, place, after })
    : planSpan(reader, { file, languageId, place, after });
}

interface Wish<Place> {
  readonly file: string;
  readonly languageId: string;
  readonly place: Place;
  readonly after: string;
}

async function planLiteral(
  reader: SourceReader,
  { file, languageId, place, after }: Wish<LiteralPlace>,
): Promise<Plan> {
  const { anchor, whole, start, end } = place;
  const text = whole.slice(0, start) + after + whole.slice(end);
  const request = { file, language: languageId, anchor, base: whole, text };
  const answer = await writeBack(reader, request);
  switch (answer.kind) {
    case 'edit': {
      const read = await textAt(reader, answer.file, languageId, answer);
      const tail = whole.length - end;
      // After a merge the file says more than the person saw: that is what was accepted.
      const accepted =
        read === undefined || read === text
          ? after
          : read.slice(start, Math.max(start, read.length - tail)).trim();
      return { kind: 'edit', accepted, ...editOf(answer) };
    }
    case 'conflict':
      return answer;
    case 'lost':
      return { kind: 'refused', reason: answer.reason, alternatives: [] };
    case 'refused': {
      const anyway = await writeBack(reader, { ...request, options: { valuesMayChange: true } });
      const others =
        anyway.kind === 'edit' ? [{ title: 'Write it anyway', ...editOf(anyway) }] : [];
      return {
        kind: 'refused',
        reason: answer.reason,
        alternatives: [...others, ...answer.alternatives].map(each => ({
          ...each,
          accepted: after,
        })),
      };
    }
  }
}

function editOf({ start, end, source }: Extract<WriteBack, { kind: 'edit' }>) {
  return { start, end, source };
}

async function textAt(
  reader: SourceReader,
  file: string,
  language: string,
  { start, source }: { readonly start: number; readonly source: string },
): Promise<string | undefined> {
  const all = await reader.all(file, language);
  return all.find(each => each.start === start && each.end === start + source.length)?.text;
}

async function planSpan(
  reader: SourceReader,
  { file, languageId, place, after }: Wish<SpanPlace>,
): Promise<Plan> {
  const start = findSpan(file, place.text, place.start);
  if (start === undefined) {
    const reason = 'The prompt was changed in the meantime.';
    return { kind: 'refused', reason, alternatives: [] };
  }
  const end = start + place.text.length;
  if (knowsLanguage(languageId)) {
    const [literal] = await reader.find(file, { start, end }, languageId);
    if (literal?.start === start && literal.end === end) {
      const answer = await reader.encode(file, literal, languageId, after);
      return answer.kind === 'edit'
        ? { kind: 'edit', accepted: after, ...editOf(answer) }
        : { kind: 'refused', reason: answer.reason, alternatives: [] };
    }
  }
  const source = file.includes('\r\n') ? after.replaceAll('\n', '\r\n') : after;
  return { kind: 'edit', accepted: after, start, end, source };
}
