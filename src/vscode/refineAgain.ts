import { GuardError } from '../engine/index.ts';
import { askModel, fixedParts } from './askModel.ts';
import { offer } from './offer.ts';
import { openRefinementDiff, refinementUri, withTypedText } from './refinementDiff.ts';
import type { RefinementReview } from './refinementReview.ts';
import { openReview } from './reviewDesk.ts';
import type { ReviewDesk } from './reviewDesk.ts';
import { tellRefused } from './tellRefused.ts';
import { requireTrust } from './trust.ts';
import { askForWish } from './wishes.ts';

/** Asks for what should be different; the new text builds on the refined side as it reads now. */
export async function refineAgain(desk: ReviewDesk, uri: unknown): Promise<void> {
  requireTrust();
  const named = openReview(desk.shelf, uri);
  const wish = await askForWish(desk.host.context.workspaceState);
  if (wish !== undefined) await rewrite(desk, await withTypedText(desk.shelf, named), wish);
}

async function rewrite(desk: ReviewDesk, review: RefinementReview, wish: string): Promise<void> {
  const { host } = desk;
  const { source, before, instruction: earlier, ...rest } = review;
  const instruction = wish === '' ? {} : { instruction: wish };
  const request = {
    text: before,
    ...instruction,
    ...fixedParts(host, source, before),
    previous: {
      text: review.after,
      ...(earlier === undefined ? {} : { instruction: earlier }),
    },
  };
  const title = 'Refining the prompt again…';
  const draft = desk.drafts.begin(source, before, 'being written');
  try {
    const { after, changes, model, notes } = await askModel({
      host,
      source,
      request,
      title,
      draft,
    });
    if (after === review.after) {
      offer('information', `${model} left the refined text as it was.`);
      return;
    }
    const next = { ...rest, source, before, ...instruction, after, changes, model, notes };
    await desk.shelf.put(next);
    desk.changed(refinementUri(next, 'refined'));
    await openRefinementDiff(next);
    desk.reasons.show(next);
  } catch (error) {
    if (!(error instanceof GuardError)) throw error;
    tellRefused(desk, review, error, () => rewrite(desk, review, wish));
  } finally {
    await draft.close();
  }
}
