import { commands as vscodeCommands, Uri, workspace } from 'vscode';
import type { Engine, PromptVersion } from '../engine/index.ts';
import type { Host } from './host.ts';
import { commands } from './ids.ts';
import { offer } from './offer.ts';
import { namePrompt } from './promptNaming.ts';
import type { RefinementReview } from './refinementReview.ts';
import { promptFolder } from './trust.ts';

/** Keeps the original and the accepted text as versions, and says where. */
export async function saveRefinement(host: Host, review: RefinementReview): Promise<void> {
  const folder = promptFolder(Uri.parse(review.source.document));
  if (!folder) {
    tellNoFolder();
    return;
  }
  const saved = await saveBoth(await host.engine(folder), review);
  host.versionsChanged();
  offer('information', `Accepted, and kept as ${saved.promptName} v${saved.number} in .prompts.`, {
    Compare: () => vscodeCommands.executeCommand(commands.compareVersions, saved),
  });
}

async function saveBoth(engine: Engine, review: RefinementReview): Promise<PromptVersion> {
  const { source, before, after, model, instruction, changes } = review;
  const file = workspace.asRelativePath(Uri.parse(source.document), false);
  const prompt = { system: before, output: '' };
  const { name, known } = await namePrompt(engine.history, prompt, { ...source, file });
  const original =
    known ??
    (await engine.history.save({
      promptName: name,
      prompt,
      origin: 'typed',
      metadata: { source: file },
    }));
  const note = instruction ?? changes.map(({ what }) => what).join('; ');
  return engine.history.save({
    promptName: name,
    prompt: { system: after, output: '' },
    origin: 'refined',
    parentId: original.id,
    ...(note ? { note } : {}),
    metadata: { source: file, model },
  });
}

function tellNoFolder(): void {
  const message =
    'Accepted. No folder is open, so it was not kept as a version; with a folder open, versions live in .prompts.';
  offer('information', message, {
    'Open folder': () => vscodeCommands.executeCommand('vscode.openFolder'),
  });
}
