import { commands as vscodeCommands, TabInputTextDiff, Uri, window, workspace } from 'vscode';
import type { Tab, TextDocument } from 'vscode';
import { schemes } from './ids.ts';
import type { PromptSource, RefinementReview, ReviewShelf } from './refinementReview.ts';
import { serveDocuments } from './servedDocuments.ts';
import type { ServedDocuments } from './servedDocuments.ts';

type Side = 'original' | 'refined';

/** Serves both texts of every review on the shelf; the refined one may be edited. */
export function serveRefinements(shelf: ReviewShelf): ServedDocuments {
  const reviewOf = (uri: Uri) => shelf.find(reviewIdOf(uri) ?? '');
  return serveDocuments(schemes.refinement, {
    async read(uri) {
      const review = reviewOf(uri);
      return uri.authority === 'original' ? (review?.kept ?? review?.before) : review?.after;
    },
    async write(uri, text) {
      const review = reviewOf(uri);
      if (review) await shelf.put({ ...review, after: text.replace(/\r\n?/g, '\n') });
    },
    isWritable: uri => uri.authority === 'refined',
  });
}

/** The document of one side. Its name ends in `.md`: VS Code wraps Markdown. */
export function refinementUri(review: RefinementReview, side: Side): Uri {
  return Uri.from({
    scheme: schemes.refinement,
    authority: side,
    path: `/${fileNameOf(review.source).replace(/(\.md)?$/i, '.md')}`,
    query: review.id,
  });
}

/** The review that a document belongs to. */
export function reviewIdOf(uri: Uri): string | undefined {
  return uri.scheme === schemes.refinement ? uri.query : undefined;
}

/** Opens VS Code's own diff editor: original left, refined right, where it can be edited. */
export async function openRefinementDiff(review: RefinementReview): Promise<void> {
  await vscodeCommands.executeCommand(
    'vscode.diff',
    refinementUri(review, 'original'),
    refinementUri(review, 'refined'),
    `${fileNameOf(review.source)}: yours ↔ refined`,
    { preview: false },
  );
}

/** Keeps what the person typed on the refined side, and answers the review with it. */
export async function withTypedText(
  shelf: ReviewShelf,
  review: RefinementReview,
): Promise<RefinementReview> {
  const document = openDocument(refinementUri(review, 'refined'));
  if (!document) return review;
  await document.save();
  const typed = { ...review, after: document.getText().replace(/\r\n?/g, '\n') };
  if (typed.after !== review.after) await shelf.put(typed);
  return typed;
}

/** Closes the diff of a review wherever it is open, without a question. */
export async function closeRefinementDiff(review: RefinementReview): Promise<void> {
  const { id } = review;
  await openDocument(refinementUri(review, 'refined'))?.save();
  const tabs = window.tabGroups.all.flatMap(group => group.tabs);
  await window.tabGroups.close(tabs.filter(tab => reviewOfTab(tab) === id));
}

/** The review that a tab shows. */
export function reviewOfTab({ input }: Tab): string | undefined {
  return input instanceof TabInputTextDiff ? reviewIdOf(input.modified) : undefined;
}

function openDocument(uri: Uri): TextDocument | undefined {
  return workspace.textDocuments.find(each => each.uri.toString() === uri.toString());
}

/** The name of the file that a prompt stands in, without its folders. */
export function fileNameOf({ document }: PromptSource): string {
  return Uri.parse(document).path.split('/').at(-1) || 'prompt';
}
