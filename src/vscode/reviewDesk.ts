import { Uri, window } from 'vscode';
import { RequestError } from '../engine/index.ts';
import { acceptRefinement } from './acceptRefinement.ts';
import type { Host } from './host.ts';
import { closeRefinementDiff, reviewIdOf, reviewOfTab, withTypedText } from './refinementDiff.ts';
import type { Drafts } from './refinementDraft.ts';
import type { RefinementReasons } from './refinementReasons.ts';
import type { RefinementReview, ReviewShelf } from './refinementReview.ts';
import { requireTrust } from './trust.ts';

/** What the commands on a refinement share. */
export interface ReviewDesk {
  readonly host: Host;
  readonly shelf: ReviewShelf;
  readonly reasons: RefinementReasons;
  readonly drafts: Drafts;
  /** Says that one side of a diff reads differently now. */
  changed(uri: Uri): void;
}

/** The review that a command means: the one whose document it was given, or the one in front. */
export function openReview(shelf: ReviewShelf, uri: unknown): RefinementReview {
  const active = window.tabGroups.activeTabGroup.activeTab;
  const id = (uri instanceof Uri && reviewIdOf(uri)) || (active && reviewOfTab(active));
  const review = id ? shelf.find(id) : undefined;
  if (review) return review;
  throw new RequestError(
    'No refinement is open here. Select a prompt and run Refine Prompt first.',
  );
}

/** Writes everything that the refined side says, what the person typed there included. */
export async function accept(desk: ReviewDesk, uri: unknown): Promise<void> {
  requireTrust();
  await acceptText(desk, await withTypedText(desk.shelf, openReview(desk.shelf, uri)));
}

/** Writes the review's `after`; the review is closed once that is done. */
export async function acceptText(desk: ReviewDesk, review: RefinementReview): Promise<void> {
  await acceptRefinement(desk.host, review, () => close(desk, review));
}

/** Closes the review; the document stays as it is. Changes that were accepted are asked about. */
export async function discard(desk: ReviewDesk, uri: unknown): Promise<void> {
  const review = openReview(desk.shelf, uri);
  const { kept = review.before } = review;
  if (kept === review.before) return close(desk, review);
  const write = 'Write what I accepted';
  const drop = 'Discard everything';
  const answer = await window.showWarningMessage(
    'You accepted some of the changes; they are not in your file yet.',
    { modal: true },
    write,
    drop,
  );
  if (answer === drop) await close(desk, review);
  if (answer === write) await acceptText(desk, { ...review, after: kept });
}

/** Takes a review off the desk. */
export async function forget(
  { shelf, reasons }: Pick<ReviewDesk, 'shelf' | 'reasons'>,
  id: string,
): Promise<void> {
  reasons.hide(id);
  await shelf.remove(id);
}

async function close(desk: ReviewDesk, review: RefinementReview): Promise<void> {
  await closeRefinementDiff(review);
  await forget(desk, review.id);
}
