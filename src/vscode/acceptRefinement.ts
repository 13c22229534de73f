import { env, Range, Selection, Uri, window, workspace, WorkspaceEdit } from 'vscode';
import type { TextDocument } from 'vscode';
import type { TextRange } from '../engine/index.ts';
import type { Host } from './host.ts';
import { guarded } from './notify.ts';
import { offer } from './offer.ts';
import type { Choices } from './offer.ts';
import type { RefinementReview } from './refinementReview.ts';
import { saveRefinement } from './saveRefinement.ts';
import { plannedEdit } from './plannedEdit.ts';
import type { AcceptedEdit, Plan } from './plannedEdit.ts';
import { whyNotWritten } from './whyNotWritten.ts';

/**
 * Writes the refined text where the original stands, as one edit and one undo step, and keeps
 * both as versions. Where the prompt changed meanwhile both changes are merged; what cannot be
 * merged goes into a new document. Nothing is ever overwritten: the person is told why.
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
  const obstacle = await whyNotWritten(document);
  if (obstacle) {
    refuse(review, obstacle);
    return;
  }
  const attempt: Attempt = { host, review, document, close };
  await carryOut(attempt, await plannedEdit(host.sources, document.getText(), review));
}

interface Attempt {
  readonly host: Host;
  readonly review: RefinementReview;
  readonly document: TextDocument;
  close(): Promise<void>;
}

async function carryOut(attempt: Attempt, plan: Plan): Promise<void> {
  const { host, review, document } = attempt;
  switch (plan.kind) {
    case 'edit':
      return write(attempt, plan);
    case 'conflict': {
      const merged = await workspace.openTextDocument({
        content: plan.merged,
        language: 'markdown',
      });
      await window.showTextDocument(merged, { preview: false });
      const places = plan.conflicts === 1 ? 'place' : `${plan.conflicts} places`;
      refuse(
        review,
        `the prompt was changed in the same ${places} meanwhile. Both texts are in a new document, between conflict marks`,
      );
      return;
    }
    case 'refused': {
      const text = document.getText();
      const choices = plan.alternatives.map(({ title, ...edit }) => {
        const take = async (): Promise<void> => {
          if (document.getText() === text) return write(attempt, edit);
          refuse(review, 'the document was changed in the meantime');
        };
        return [title, () => guarded(host.log, take)] as const;
      });
      refuse(review, withoutPeriod(plan.reason), Object.fromEntries(choices));
    }
  }
}

async function write(attempt: Attempt, edit: AcceptedEdit): Promise<void> {
  const { host, document, review, close } = attempt;
  if (!(await replace(document, edit))) {
    refuse(review, 'VS Code did not take the edit');
    return;
  }
  await close();
  await reveal(document, edit.start, edit.source.length);
  await guarded(host.log, () => saveRefinement(host, { ...review, after: edit.accepted }));
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

async function replace(
  document: TextDocument,
  { start, end, source }: TextRange & { readonly source: string },
): Promise<boolean> {
  const range = new Range(document.positionAt(start), document.positionAt(end));
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, range, source);
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

function refuse(review: RefinementReview, reason: string, choices: Choices = {}): void {
  offer('warning', `Nothing was overwritten: ${reason}. The refined text is still here to copy.`, {
    ...choices,
    'Copy refined text': () => env.clipboard.writeText(review.after),
  });
}

// "The value {x} stands once …" and "A Python string cannot …" go on after a colon.
function withoutPeriod(reason: string): string {
  const sentence = reason.replace(/\.$/, '');
  return /^(?:The|A|An|There|It) /.test(sentence)
    ? sentence.charAt(0).toLowerCase() + sentence.slice(1)
    : sentence;
}
