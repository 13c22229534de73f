import { ProgressLocation, Uri, window } from 'vscode';
import { CancelledError } from '../engine/index.ts';
import type { Refinement, RefineRequest } from '../engine/index.ts';
import { signalOf } from './cancellation.ts';
import { chooseCandidate } from './chooseCandidate.ts';
import type { RefineManner } from './chooseTechniques.ts';
import type { Host } from './host.ts';
import { locksIn } from './lockedSections.ts';
import { promptsInEditor } from './promptInEditor.ts';
import type { PromptInEditor } from './promptInEditor.ts';
import { openRefinementDiff, refinementUri, withTypedText } from './refinementDiff.ts';
import type { PromptSource, RefinementReview, ReviewShelf } from './refinementReview.ts';
import { openReview } from './reviewDesk.ts';
import type { ReviewDesk } from './reviewDesk.ts';
import { promptFolder, requireTrust } from './trust.ts';
import { askForWish } from './wishes.ts';

/** Refines every prompt that a cursor stands in, and shows each in a diff of its own. */
export async function refinePrompts(desk: ReviewDesk, manner: RefineManner = {}): Promise<void> {
  requireTrust();
  const { host, shelf, reasons } = desk;
  const prompts = await promptsInEditor(window.activeTextEditor, host.sources);
  await confirmCopiesOnly(prompts);
  const reviews: RefinementReview[] = [];
  for (const [index, { source, before }] of prompts.entries()) {
    const title =
      prompts.length === 1
        ? 'Refining the prompt…'
        : `Refining prompt ${index + 1} of ${prompts.length}…`;
    const request = { text: before, ...manner, ...fixedParts(host, source, before) };
    const refinement = await askModel(host, source.document, request, title);
    const { text: after, changes } = await chooseCandidate(refinement);
    const { model } = refinement;
    const review = { id: newReviewId(shelf), source, before, after, changes, model };
    await shelf.put(review);
    await openRefinementDiff(review);
    reasons.show(review);
    reviews.push(review);
  }
  // The one to begin with is the one in front.
  if (reviews.length > 1 && reviews[0]) await openRefinementDiff(reviews[0]);
}

/** Asks for what should be different; the new text builds on the refined side as it reads now. */
export async function refineAgain(desk: ReviewDesk, uri: unknown): Promise<void> {
  requireTrust();
  const named = openReview(desk.shelf, uri);
  const instruction = await askForWish(desk.host.context.workspaceState);
  if (instruction === undefined) return;
  const review = await withTypedText(desk.shelf, named);
  const wish = instruction === '' ? {} : { instruction };
  const request = {
    text: review.before,
    ...wish,
    ...fixedParts(desk.host, review.source, review.before),
    previous: {
      text: review.after,
      ...(review.instruction === undefined ? {} : { instruction: review.instruction }),
    },
  };
  const title = 'Refining the prompt again…';
  const result = await askModel(desk.host, review.source.document, request, title);
  const { after, changes, model } = result;
  const { instruction: _, ...rest } = review;
  const next: RefinementReview = { ...rest, ...wish, after, changes, model };
  await desk.shelf.put(next);
  desk.changed(refinementUri(next, 'refined'));
  await openRefinementDiff(next);
  desk.reasons.show(next);
}

/** What has to come back as it is: locked sections, and values that only the language knows. */
function fixedParts(host: Host, { document, place }: PromptSource, before: string) {
  const locked = locksIn(host, document, before);
  const values = place.kind === 'literal' ? place.values : undefined;
  return { ...(locked.length > 0 ? { locked } : {}), ...(values ? { values } : {}) };
}

// Said before anything is paid: what cannot be written back can only be copied.
async function confirmCopiesOnly(prompts: readonly PromptInEditor[]): Promise<void> {
  const refusal = prompts.find(each => each.refusal !== undefined)?.refusal;
  if (refusal === undefined) return;
  const goOn = 'Refine to copy';
  const said = `${refusal} A refined text could not be written back, only copied.`;
  if ((await window.showWarningMessage(said, goOn)) !== goOn) throw new CancelledError();
}

async function askModel(
  host: Host,
  document: string,
  request: RefineRequest,
  title: string,
): Promise<Refinement> {
  const engine = await host.refiner(promptFolder(Uri.parse(document)));
  const refinement = await window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (_, token) => engine.refine(request, signalOf(token)),
  );
  const { model, usage, changes } = refinement;
  host.log.info(`refined with ${model}: ${changes.length} changes, ${usage.calls} calls`);
  return refinement;
}

function newReviewId(shelf: ReviewShelf): string {
  const used = shelf.all().map(({ id }) => Number(id));
  return String(Math.max(0, ...used, Date.now()) + 1);
}
