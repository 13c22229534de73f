import { window } from 'vscode';
import type { QuickPickItem } from 'vscode';
import { techniques } from '../engine/index.ts';
import type { RefineRequest } from '../engine/index.ts';

/** How a prompt is to be rewritten. */
export type RefineManner = Pick<RefineRequest, 'techniques' | 'candidates' | 'scored'>;

/**
 * Says how, once it is known what: `scored` where the prompt has versions with scores. Undefined:
 * the person stepped back.
 */
export type AskManner = (scored: boolean) => Promise<RefineManner | undefined>;

/** Most candidates that can be asked for at once. */
const mostCandidates = 5;

/** The engine's own choice, without a question. */
export const usualManner: AskManner = () => Promise.resolve({});

/** Lets the person choose techniques and how many candidates they want. */
export const chooseTechniques: AskManner = async scored => {
  const items = techniques.map(({ name, title, description }) => ({
    label: title,
    detail: description,
    name,
    ...(scored && name === 'minimal-edit'
      ? { description: 'default because this prompt has scored versions', picked: true }
      : {}),
  }));
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
};
