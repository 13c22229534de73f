import { window } from 'vscode';
import type { QuickPickItem } from 'vscode';
import { techniques } from '../engine/index.ts';
import type { RefineRequest } from '../engine/index.ts';

/** How a prompt is to be rewritten. */
export type RefineManner = Pick<RefineRequest, 'techniques' | 'candidates'>;

/** Most candidates that can be asked for at once. */
const mostCandidates = 5;

/** Lets the person choose techniques and how many candidates they want; undefined: stepped back. */
export async function chooseTechniques(): Promise<RefineManner | undefined> {
  const items = techniques
    // Questions come before the rewriting; this list asks none.
    .filter(({ asksFirst }) => asksFirst !== true)
    .map(({ name, title, description }) => ({ label: title, detail: description, name }));
  const picked = await window.showQuickPick(items, {
    title: 'Refine with which techniques?',
    placeHolder: 'None: the usual rewrite. Several are combined.',
    canPickMany: true,
    matchOnDetail: true,
  });
  if (!picked) return undefined;
  const counts = Array.from(
    { length: mostCandidates },
    (_, index): QuickPickItem & { count: number } => ({
      label: index === 0 ? '1 candidate' : `${index + 1} candidates`,
      detail: index === 0 ? 'One call, where nothing has to be repaired.' : 'To choose from.',
      count: index + 1,
    }),
  );
  const chosen = await window.showQuickPick(counts, { title: 'How many candidates?' });
  if (!chosen) return undefined;
  return { techniques: picked.map(({ name }) => name), candidates: chosen.count };
}
