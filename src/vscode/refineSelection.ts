import { commands as vscodeCommands, window } from 'vscode';
import type { Uri } from 'vscode';
import { chooseTechniques, usualManner } from './chooseTechniques.ts';
import { decideHunk } from './decideHunk.ts';
import { goToPlace } from './goToPlace.ts';
import type { Host } from './host.ts';
import { commands } from './ids.ts';
import { guarded } from './notify.ts';
import { offer } from './offer.ts';
import { placeName } from './promptInEditor.ts';
import { refineAgain } from './refineAgain.ts';
import { refinePrompts } from './refinePrompts.ts';
import { openRefinementDiff, reviewOfTab, serveRefinements } from './refinementDiff.ts';
import { serveDrafts } from './refinementDraft.ts';
import { showReasons } from './refinementReasons.ts';
import { reviewShelf } from './refinementReview.ts';
import type { RefinementReview } from './refinementReview.ts';
import { accept, discard, forget } from './reviewDesk.ts';
import type { ReviewDesk } from './reviewDesk.ts';

/** Story 1: the prompt under the cursor → VS Code's diff editor → accept, refine again, discard. */
export function refineSelection(host: Host): void {
  const { context, log } = host;
  const shelf = reviewShelf(context.workspaceState);
  const documents = serveRefinements(shelf);
  const reasons = showReasons(host.shipped('media', 'icon.png'));
  const drafts = serveDrafts();
  const changed = (uri: Uri): void => documents.changed(uri);
  const desk: ReviewDesk = { host, shelf, reasons, drafts, changed };
  const command = (id: string, action: (uri?: unknown, offset?: unknown) => Promise<void>) =>
    vscodeCommands.registerCommand(id, (uri?: unknown, offset?: unknown) =>
      guarded(log, () => action(uri, offset)),
    );
  context.subscriptions.push(
    documents,
    reasons,
    drafts,
    command(commands.refine, async (uri, offset) => {
      await goToPlace(uri, offset);
      await refinePrompts(desk, usualManner);
    }),
    command(commands.refineWith, () => refinePrompts(desk, chooseTechniques)),
    command(commands.acceptRefinement, uri => accept(desk, uri)),
    command(commands.acceptHunk, uri => decideHunk(desk, uri, 'accept')),
    command(commands.discardHunk, uri => decideHunk(desk, uri, 'discard')),
    command(commands.refineAgain, uri => refineAgain(desk, uri)),
    command(commands.discardRefinement, uri => discard(desk, uri)),
    window.tabGroups.onDidChangeTabs(({ closed }) => {
      for (const id of closed.map(reviewOfTab)) if (id) void forget(desk, id);
    }),
  );
  for (const review of shelf.all()) resume(desk, review);
}

// Left over from before the window was reloaded: what a model wrote was paid for.
function resume(desk: ReviewDesk, review: RefinementReview): void {
  desk.reasons.show(review);
  const tabs = window.tabGroups.all.flatMap(group => group.tabs);
  if (tabs.some(tab => reviewOfTab(tab) === review.id)) return;
  const { source } = review;
  offer('information', `A refinement of ${placeName(source)} waits for your decision.`, {
    Show: () => guarded(desk.host.log, () => openRefinementDiff(review)),
    Discard: () => forget(desk, review.id),
  });
}
