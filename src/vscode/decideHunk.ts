import { Range, Selection, window, workspace, WorkspaceEdit } from 'vscode';
import type { TextEditor } from 'vscode';
import { lineChanges } from '../engine/index.ts';
import type { Change } from '../engine/index.ts';
import { refinementUri, withTypedText } from './refinementDiff.ts';
import type { RefinementReview } from './refinementReview.ts';
import { acceptText, discard, openReview } from './reviewDesk.ts';
import type { ReviewDesk } from './reviewDesk.ts';
import { requireTrust } from './trust.ts';

/**
 * Takes or drops the change at the cursor; one that was decided is not shown any more. Nothing is
 * written before the last one is decided: then all that was accepted is one edit and one undo step.
 */
export async function decideHunk(
  desk: ReviewDesk,
  uri: unknown,
  decision: 'accept' | 'discard',
): Promise<void> {
  requireTrust();
  const review = await withTypedText(desk.shelf, openReview(desk.shelf, uri));
  const { kept = review.before, after } = review;
  const hunk = hunkAtCursor(lineChanges(kept, after), review);
  const next = hunk ? decided({ kept, after }, hunk, decision) : { kept, after };
  if (next.after !== after && hunk) await dropFromRefined(review, hunk, kept);
  if (next.kept === next.after) {
    const done = { ...review, ...next };
    await desk.shelf.put(done);
    return next.kept === review.before ? discard(desk, uri) : acceptText(desk, done);
  }
  const current = await withTypedText(desk.shelf, { ...review, ...next });
  await desk.shelf.put(current);
  if (next.kept !== kept) desk.changed(refinementUri(review, 'original'));
  reveal(current, lineChanges(next.kept, current.after)[0]);
}

interface Sides {
  readonly kept: string;
  readonly after: string;
}

function decided(
  { kept, after }: Sides,
  { start, end, newStart, newEnd }: Change,
  decision: 'accept' | 'discard',
): Sides {
  return decision === 'accept'
    ? { kept: kept.slice(0, start) + after.slice(newStart, newEnd) + kept.slice(end), after }
    : { kept, after: after.slice(0, newStart) + kept.slice(start, end) + after.slice(newEnd) };
}

/** The change that the cursor stands in, else the next one below it, else the last one. */
function hunkAtCursor(hunks: readonly Change[], review: RefinementReview): Change | undefined {
  const editor = window.activeTextEditor;
  const isOriginal = editor?.document.uri.toString() === uriText(review, 'original');
  const isRefined = editor?.document.uri.toString() === uriText(review, 'refined');
  if (!editor || !(isOriginal || isRefined)) return hunks[0];
  const line = editor.selection.active.line;
  const offset = plainOffset(editor, line);
  const endOf = ({ end, newEnd }: Change) => (isOriginal ? end : newEnd);
  const startOf = ({ start, newStart }: Change) => (isOriginal ? start : newStart);
  const isAt = (hunk: Change) =>
    offset < endOf(hunk) || (offset === endOf(hunk) && startOf(hunk) === endOf(hunk));
  return hunks.find(isAt) ?? hunks.at(-1);
}

// Of the beginning of the line, with one character for each line end, as the texts are kept.
function plainOffset({ document }: TextEditor, line: number): number {
  const before = document.getText(new Range(0, 0, line, 0));
  return before.replace(/\r\n/g, '\n').length;
}

/** As an edit of the refined document, so that it can be undone there. */
async function dropFromRefined(
  review: RefinementReview,
  { start, end, newStart, newEnd }: Change,
  kept: string,
): Promise<void> {
  const document = await workspace.openTextDocument(refinementUri(review, 'refined'));
  const lineOf = (offset: number) => document.positionAt(inDocument(document.getText(), offset));
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, new Range(lineOf(newStart), lineOf(newEnd)), kept.slice(start, end));
  await workspace.applyEdit(edit);
}

/** Offset in a document that may end its lines with two characters. */
function inDocument(text: string, offset: number): number {
  let at = 0;
  for (let plain = 0; plain < offset; plain += 1) at += text.startsWith('\r\n', at) ? 2 : 1;
  return at;
}

function reveal(review: RefinementReview, next: Change | undefined): void {
  const editor = window.visibleTextEditors.find(
    ({ document }) => document.uri.toString() === uriText(review, 'refined'),
  );
  if (!editor || !next) return;
  const place = editor.document.positionAt(inDocument(editor.document.getText(), next.newStart));
  editor.selection = new Selection(place, place);
  editor.revealRange(new Range(place, place));
}

function uriText(review: RefinementReview, side: 'original' | 'refined'): string {
  return refinementUri(review, side).toString();
}
