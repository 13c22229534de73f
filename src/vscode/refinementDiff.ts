import { commands as vscodeCommands, TabInputTextDiff, Uri, window } from 'vscode';
import type { Tab } from 'vscode';
import { schemes } from './ids.ts';
import { serveReadOnlyDocuments } from './readOnlyDocuments.ts';
import type { ReadOnlyDocuments } from './readOnlyDocuments.ts';
import type { RefinementReview, ReviewShelf } from './refinementReview.ts';

type Side = 'original' | 'refined';

/** Serves both texts of every review on the shelf. */
export function serveRefinements(shelf: ReviewShelf): ReadOnlyDocuments {
  return serveReadOnlyDocuments(schemes.refinement, async uri => {
    const review = shelf.find(reviewIdOf(uri) ?? '');
    return uri.authority === 'original' ? review?.before : review?.after;
  });
}

/** The document of one side. Its name ends in `.md`: VS Code wraps Markdown. */
export function refinementUri(review: RefinementReview, side: Side): Uri {
  return Uri.from({
    scheme: schemes.refinement,
    authority: side,
    path: `/${fileNameOf(review).replace(/(\.md)?$/i, '.md')}`,
    query: review.id,
  });
}

/** The review that a document belongs to. */
export function reviewIdOf(uri: Uri): string | undefined {
  return uri.scheme === schemes.refinement ? uri.query : undefined;
}

/** Opens VS Code's own diff editor: original left, refined right. */
export async function openRefinementDiff(review: RefinementReview): Promise<void> {
  await vscodeCommands.executeCommand(
    'vscode.diff',
    refinementUri(review, 'original'),
    refinementUri(review, 'refined'),
    `${fileNameOf(review)}: yours ↔ refined`,
    { preview: false },
  );
}

/** Closes the diff of a review wherever it is open. */
export async function closeRefinementDiff(id: string): Promise<void> {
  const tabs = window.tabGroups.all.flatMap(group => group.tabs);
  await window.tabGroups.close(tabs.filter(tab => reviewOfTab(tab) === id));
}

/** The review that a tab shows. */
export function reviewOfTab({ input }: Tab): string | undefined {
  return input instanceof TabInputTextDiff ? reviewIdOf(input.modified) : undefined;
}

function fileNameOf({ source }: RefinementReview): string {
  return Uri.parse(source.document).path.split('/').at(-1) || 'prompt';
}
