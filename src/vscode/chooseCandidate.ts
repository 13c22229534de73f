import { CancelledError } from '../engine/index.ts';
import { window } from 'vscode';
import type { QuickPickItem } from 'vscode';
import type { Refinement, RefinementCandidate } from '../engine/index.ts';
import { formatCount } from '../panel/format.ts';
import type { Draft } from './refinementDraft.ts';

/**
 * The candidate that the person chooses; the only one without a question. The one that the list
 * stands on is shown beside the prompt.
 */
export async function chooseCandidate(
  { before, candidates }: Refinement,
  draft: Draft,
): Promise<RefinementCandidate> {
  const [first, second] = candidates;
  if (first && !second) return first;
  for (;;) {
    const items = candidates.map((candidate, index) => itemOf(candidate, index, before));
    const picked = await window.showQuickPick(items, {
      title: 'Which candidate?',
      placeHolder: 'The diff shows the one that is marked. Nothing is written yet.',
      ignoreFocusOut: true,
      matchOnDetail: true,
      onDidSelectItem: (item: CandidateItem) => draft.show(item.candidate.text),
    });
    if (!picked) throw new CancelledError();
    const { refused = [] } = picked.candidate;
    if (refused.length === 0) return picked.candidate;
    await window.showWarningMessage(
      `This candidate was refused. ${refused.map(({ message }) => message).join(' ')}`,
    );
  }
}

type CandidateItem = QuickPickItem & { readonly candidate: RefinementCandidate };

function itemOf(candidate: RefinementCandidate, index: number, before: string): CandidateItem {
  const { tokens, refused } = candidate;
  const difference = tokens.after - tokens.before;
  const sign = difference > 0 ? '+' : difference < 0 ? '−' : '±';
  const about = tokens.estimated ? '≈ ' : '';
  return {
    label: `${refused ? '$(circle-slash) ' : ''}Candidate ${index + 1}`,
    description: `${about}${sign}${formatCount(Math.abs(difference))} tokens`,
    detail: reasonsOf(candidate, before).replace(/\s+/g, ' '),
    candidate,
  };
}

function reasonsOf({ text, changes, refused }: RefinementCandidate, before: string): string {
  if (refused) {
    return `Refused by ${refused.map(({ guard, message }) => `${guard}: ${message}`).join(' ')}`;
  }
  if (text === before) return 'Nothing was changed';
  return changes.map(({ what }) => what).join(' · ') || 'The model gave no reasons';
}
