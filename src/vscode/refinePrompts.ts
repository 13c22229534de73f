import { window } from 'vscode';
import { CancelledError, GuardError } from '../engine/index.ts';
import { askAnswers } from './askAnswers.ts';
import { askModel, fixedParts } from './askModel.ts';
import { chooseCandidate } from './chooseCandidate.ts';
import type { AskManner, RefineManner } from './chooseTechniques.ts';
import { hasScoredVersions } from './hasScoredVersions.ts';
import { offer } from './offer.ts';
import { promptsInEditor } from './promptInEditor.ts';
import type { PromptInEditor } from './promptInEditor.ts';
import { openRefinementDiff } from './refinementDiff.ts';
import type { RefinementReview, ReviewShelf } from './refinementReview.ts';
import type { ReviewDesk } from './reviewDesk.ts';
import { tellRefused } from './tellRefused.ts';
import { requireTrust } from './trust.ts';
import { saysGenerated } from './whyNotWritten.ts';

/** Refines every prompt that a cursor stands in, and shows each in a diff of its own. */
export async function refinePrompts(desk: ReviewDesk, askManner: AskManner): Promise<void> {
  requireTrust();
  const { host } = desk;
  const prompts = await promptsInEditor(window.activeTextEditor, host.sources);
  await confirmCopiesOnly(prompts);
  await confirmGenerated(window.activeTextEditor?.document.getText() ?? '');
  const scored = await Promise.all(
    prompts.map(({ source, before }) => hasScoredVersions(host, source, before)),
  );
  const manner = await askManner(scored.includes(true));
  if (!manner) return;
  const reviews: RefinementReview[] = [];
  for (const [index, prompt] of prompts.entries()) {
    const title =
      prompts.length === 1
        ? 'Refining the prompt…'
        : `Refining prompt ${index + 1} of ${prompts.length}…`;
    const isMinimal = manner.techniques === undefined && scored[index] === true;
    const review = await refineOne(desk, prompt, { ...manner, scored: isMinimal }, title);
    if (review) reviews.push(review);
  }
  // The one to begin with is the one in front.
  if (reviews.length > 1 && reviews[0]) await openRefinementDiff(reviews[0]);
}

/** The review that waits for the person; undefined where there is nothing to decide. */
async function refineOne(
  desk: ReviewDesk,
  prompt: PromptInEditor,
  manner: RefineManner,
  title: string,
): Promise<RefinementReview | undefined> {
  const { host, shelf, reasons } = desk;
  const { source, before } = prompt;
  const asked = { text: before, ...manner, ...fixedParts(host, source, before) };
  const request = { ...asked, ...(await askAnswers(host, source, asked)) };
  const draft = desk.drafts.begin(source, before, 'being written');
  try {
    const refinement = await askModel({ host, source, request, title, draft });
    const { text: after, changes } = await chooseCandidate(refinement, draft);
    if (after === before) {
      tellUnchanged(refinement.model);
      return undefined;
    }
    const { model, notes } = refinement;
    const said = [...(manner.scored ? [minimalNote] : []), ...notes];
    const review = { id: newReviewId(shelf), source, before, after, changes, model, notes: said };
    await shelf.put(review);
    await openRefinementDiff(review);
    reasons.show(review);
    return review;
  } catch (error) {
    if (!(error instanceof GuardError)) throw error;
    tellRefused(desk, prompt, error, async () => {
      await refineOne(desk, prompt, manner, title);
    });
    return undefined;
  } finally {
    await draft.close();
  }
}

const minimalNote =
  'A minimal edit, because this prompt has scored versions. Refine Prompt with Techniques… offers other ways.';

function tellUnchanged(model: string): void {
  offer('information', `${model} found nothing to change in this prompt, so nothing was changed.`);
}

// Said before anything is paid: what cannot be written back can only be copied.
async function confirmCopiesOnly(prompts: readonly PromptInEditor[]): Promise<void> {
  const refusal = prompts.find(each => each.refusal !== undefined)?.refusal;
  if (refusal === undefined) return;
  const goOn = 'Refine to copy';
  const said = `${refusal} A refined text could not be written back, only copied.`;
  if ((await window.showWarningMessage(said, goOn)) !== goOn) throw new CancelledError();
}

// What a program writes it will write again: the prompt's source is elsewhere.
async function confirmGenerated(text: string): Promise<void> {
  if (!saysGenerated(text)) return;
  const goOn = 'Refine anyway';
  const said =
    'This file says that a program generates it, so a change here may be overwritten. Refine the prompt where it comes from, if you can.';
  if ((await window.showWarningMessage(said, goOn)) !== goOn) throw new CancelledError();
}

function newReviewId(shelf: ReviewShelf): string {
  const used = shelf.all().map(({ id }) => Number(id));
  return String(Math.max(0, ...used, Date.now()) + 1);
}
