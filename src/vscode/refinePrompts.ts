import { ProgressLocation, Uri, window } from 'vscode';
import { CancelledError } from '../engine/index.ts';
import type { Refinement, RefineRequest } from '../engine/index.ts';
import { signalOf } from './cancellation.ts';
import type { Host } from './host.ts';
import { promptsInEditor } from './promptInEditor.ts';
import type { PromptInEditor } from './promptInEditor.ts';
import { openRefinementDiff, refinementUri, withTypedText } from './refinementDiff.ts';
import type { RefinementReview, ReviewShelf } from './refinementReview.ts';
import { openReview } from './reviewDesk.ts';
import type { ReviewDesk } from './reviewDesk.ts';
import { promptFolder, requireTrust } from './trust.ts';

/** Refines every prompt that a cursor stands in, and shows each in a diff of its own. */
export async function refinePrompts(desk: ReviewDesk): Promise<void> {
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
    const result = await askModel(host, source.document, { text: before }, title);
    const { after, changes, model } = result;
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
  const instruction = await window.showInputBox({
    title: 'Refine Again',
    prompt: 'What should be different? The new text builds on the refined one.',
    placeHolder: 'For example: shorter, and answer in JSON',
    ignoreFocusOut: true,
  });
  if (instruction === undefined) return;
  const review = await withTypedText(desk.shelf, named);
  const wish = instruction.trim() === '' ? {} : { instruction: instruction.trim() };
  const request = {
    text: review.before,
    ...wish,
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
