import { commands as vscodeCommands, ProgressLocation, Uri, window } from 'vscode';
import { RequestError } from '../engine/index.ts';
import type { Refinement, RefineRequest } from '../engine/index.ts';
import { acceptRefinement } from './acceptRefinement.ts';
import { signalOf } from './cancellation.ts';
import type { Host } from './host.ts';
import { commands } from './ids.ts';
import { guarded } from './notify.ts';
import { offer } from './offer.ts';
import { placeName, promptInEditor } from './promptInEditor.ts';
import {
  closeRefinementDiff,
  openRefinementDiff,
  refinementUri,
  reviewIdOf,
  reviewOfTab,
  serveRefinements,
} from './refinementDiff.ts';
import { showReasons } from './refinementReasons.ts';
import type { RefinementReasons } from './refinementReasons.ts';
import { reviewShelf } from './refinementReview.ts';
import type { RefinementReview, ReviewShelf } from './refinementReview.ts';
import { promptFolder, requireTrust } from './trust.ts';

/** Story 1: the prompt under the cursor → VS Code's diff editor → accept, refine again, discard. */
export function refineSelection(host: Host): void {
  const { context, log } = host;
  const shelf = reviewShelf(context.workspaceState);
  const documents = serveRefinements(shelf);
  const reasons = showReasons(host.shipped('media', 'icon.png'));
  const desk: Desk = { host, shelf, reasons, changed: uri => documents.changed(uri) };
  const command = (id: string, action: (uri?: unknown) => Promise<void>) =>
    vscodeCommands.registerCommand(id, (uri?: unknown) => guarded(log, () => action(uri)));
  context.subscriptions.push(
    documents,
    reasons,
    command(commands.refine, () => refine(desk)),
    command(commands.acceptRefinement, uri => accept(desk, uri)),
    command(commands.refineAgain, uri => refineAgain(desk, uri)),
    command(commands.discardRefinement, uri => discard(desk, uri)),
    window.tabGroups.onDidChangeTabs(({ closed }) => {
      for (const id of closed.map(reviewOfTab)) if (id) void forget(desk, id);
    }),
  );
  for (const review of shelf.all()) resume(desk, review);
}

// Left over from before the window was reloaded: what a model wrote was paid for.
function resume(desk: Desk, review: RefinementReview): void {
  desk.reasons.show(review);
  const tabs = window.tabGroups.all.flatMap(group => group.tabs);
  if (tabs.some(tab => reviewOfTab(tab) === review.id)) return;
  const { source } = review;
  offer('information', `A refinement of ${placeName(source)} waits for your decision.`, {
    Show: () => guarded(desk.host.log, () => openRefinementDiff(review)),
    Discard: () => forget(desk, review.id),
  });
}

/** What the four commands share. */
interface Desk {
  readonly host: Host;
  readonly shelf: ReviewShelf;
  readonly reasons: RefinementReasons;
  changed(uri: Uri): void;
}

async function refine(desk: Desk): Promise<void> {
  requireTrust();
  const { source, before } = await promptInEditor(window.activeTextEditor);
  const { after, changes, model } = await askModel(desk.host, source.document, { text: before });
  const review = { id: newReviewId(desk.shelf), source, before, after, changes, model };
  await desk.shelf.put(review);
  await openRefinementDiff(review);
  desk.reasons.show(review);
}

async function refineAgain(desk: Desk, uri: unknown): Promise<void> {
  requireTrust();
  const review = openReview(desk.shelf, uri);
  const instruction = await window.showInputBox({
    title: 'Refine Again',
    prompt: 'What should be different? The new text builds on the refined one.',
    placeHolder: 'For example: shorter, and answer in JSON',
    ignoreFocusOut: true,
  });
  if (instruction === undefined) return;
  const wish = instruction.trim() === '' ? {} : { instruction: instruction.trim() };
  const { after, changes, model } = await askModel(desk.host, review.source.document, {
    text: review.before,
    ...wish,
    previous: {
      text: review.after,
      ...(review.instruction === undefined ? {} : { instruction: review.instruction }),
    },
  });
  const { instruction: _, ...rest } = review;
  const next: RefinementReview = { ...rest, ...wish, after, changes, model };
  await desk.shelf.put(next);
  desk.changed(refinementUri(next, 'refined'));
  await openRefinementDiff(next);
  desk.reasons.show(next);
}

async function accept(desk: Desk, uri: unknown): Promise<void> {
  requireTrust();
  const review = openReview(desk.shelf, uri);
  await acceptRefinement(desk.host, review, async () => {
    await forget(desk, review.id);
    await closeRefinementDiff(review.id);
  });
}

async function discard(desk: Desk, uri: unknown): Promise<void> {
  const { id } = openReview(desk.shelf, uri);
  await forget(desk, id);
  await closeRefinementDiff(id);
}

async function forget({ shelf, reasons }: Desk, id: string): Promise<void> {
  reasons.hide(id);
  await shelf.remove(id);
}

async function askModel(host: Host, document: string, request: RefineRequest): Promise<Refinement> {
  const engine = await host.refiner(promptFolder(Uri.parse(document)));
  const refinement = await window.withProgress(
    { location: ProgressLocation.Notification, title: 'Refining the prompt…', cancellable: true },
    (_, token) => engine.refine(request, signalOf(token)),
  );
  const { model, usage, changes } = refinement;
  host.log.info(`refined with ${model}: ${changes.length} changes, ${usage.calls} calls`);
  return refinement;
}

/** The review that a command means: the one whose document it was given, or the one in front. */
function openReview(shelf: ReviewShelf, uri: unknown): RefinementReview {
  const active = window.tabGroups.activeTabGroup.activeTab;
  const id = (uri instanceof Uri && reviewIdOf(uri)) || (active && reviewOfTab(active));
  const review = id ? shelf.find(id) : undefined;
  if (review) return review;
  throw new RequestError(
    'No refinement is open here. Select a prompt and run Refine Prompt first.',
  );
}

function newReviewId(shelf: ReviewShelf): string {
  const used = shelf.all().map(({ id }) => Number(id));
  return String(Math.max(0, ...used, Date.now()) + 1);
}
