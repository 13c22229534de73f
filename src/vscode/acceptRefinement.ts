import { EndOfLine, env, Range, Selection, Uri, window, workspace, WorkspaceEdit } from 'vscode';
import type { TextDocument } from 'vscode';
import { findAgain } from './findAgain.ts';
import type { Host } from './host.ts';
import { guarded } from './notify.ts';
import { offer } from './offer.ts';
import { fitsInPlace } from './promptInEditor.ts';
import type { RefinementReview } from './refinementReview.ts';
import { saveRefinement } from './saveRefinement.ts';

/**
 * Writes the refined text where the original stands, as one edit and one undo step, and keeps
 * both as versions. Where the original no longer reads as it did, nothing is overwritten and the
 * person is told, with the text offered to copy.
 *
 * @param close closes the review; called once the text is in the document, so a refused one stays
 */
export async function acceptRefinement(
  host: Host,
  review: RefinementReview,
  close: () => Promise<void>,
): Promise<void> {
  const document = await openAgain(review);
  if (!document) {
    refuse(review, 'the document was closed and its text is gone');
    return;
  }
  const obstacle = readOnlyReason(document);
  if (obstacle) {
    refuse(review, obstacle);
    return;
  }
  const start = findAgain(document.getText(), review.source.text, review.source.start);
  if (start === undefined) {
    refuse(review, 'the prompt was changed in the meantime');
    return;
  }
  const text =
    document.eol === EndOfLine.CRLF ? review.after.replaceAll('\n', '\r\n') : review.after;
  if (!fitsInPlace(document, review.source, start, text)) {
    refuse(review, `the text holds a mark that would end the ${review.source.kind} it stands in`);
    return;
  }
  if (!(await replace(document, start, review.source.text.length, text))) {
    refuse(review, 'VS Code did not take the edit');
    return;
  }
  await close();
  await reveal(document, start, text.length);
  await guarded(host.log, () => saveRefinement(host, review));
}

async function openAgain({ source }: RefinementReview): Promise<TextDocument | undefined> {
  const open = workspace.textDocuments.find(each => each.uri.toString() === source.document);
  if (open) return open;
  const uri = Uri.parse(source.document);
  // Opening an untitled document again would make an empty one.
  if (uri.scheme === 'untitled') return undefined;
  return workspace.openTextDocument(uri).then(
    document => document,
    () => undefined,
  );
}

function readOnlyReason({ uri }: TextDocument): string | undefined {
  if (/\/\.prompts\/[^/]+\/v\d+(\.output)?\.md$/.test(uri.path)) {
    return 'a saved version is never changed';
  }
  const writable =
    uri.scheme === 'untitled' ||
    uri.scheme === 'vscode-notebook-cell' ||
    workspace.fs.isWritableFileSystem(uri.scheme) === true;
  return writable ? undefined : 'the document is read-only';
}

async function replace(
  document: TextDocument,
  start: number,
  length: number,
  text: string,
): Promise<boolean> {
  const range = new Range(document.positionAt(start), document.positionAt(start + length));
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, range, text);
  return workspace.applyEdit(edit);
}

async function reveal(document: TextDocument, start: number, length: number): Promise<void> {
  const range = new Range(document.positionAt(start), document.positionAt(start + length));
  // A notebook's cell cannot be shown by itself.
  if (document.uri.scheme === 'vscode-notebook-cell') return;
  const editor = await window.showTextDocument(document, { preview: false });
  editor.selection = new Selection(range.start, range.end);
  editor.revealRange(range);
}

function refuse(review: RefinementReview, reason: string): void {
  offer('warning', `Nothing was overwritten: ${reason}. The refined text is still here to copy.`, {
    'Copy refined text': () => env.clipboard.writeText(review.after),
  });
}
