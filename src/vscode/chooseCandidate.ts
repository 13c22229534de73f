import { CancelledError } from '../engine/index.ts';
import { window } from 'vscode';
import type { QuickPickItem } from 'vscode';
import type { Refinement, RefinementCandidate } from '../engine/index.ts';
import { formatCount } from '../panel/format.ts';

/** The candidate that the person chooses; the only one without a question. */
export async function chooseCandidate({ candidates }: Refinement): Promise<RefinementCandidate> {
  const [first, second] = candidates;
  if (first && !second) return first;
  for (;;) {
    const picked = await window.showQuickPick(candidates.map(itemOf), {
      title: 'Which candidate?',
      placeHolder: 'It is shown as a diff; nothing is written yet.',
      ignoreFocusOut: true,
      matchOnDetail: true,
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

function itemOf(candidate: RefinementCandidate, index: number): CandidateItem {
  const { tokens, changes, refused } = candidate;
  const difference = tokens.after - tokens.before;
  const sign = difference > 0 ? '+' : difference < 0 ? '−' : '±';
  const about = tokens.estimated ? '≈ ' : '';
  const reasons = refused
    ? `Refused by ${refused.map(({ guard }) => guard).join(', ')}`
    : changes.map(({ what }) => what).join(' · ');
  return {
    label: `${refused ? '$(circle-slash) ' : ''}Candidate ${index + 1}`,
    description: `${about}${sign}${formatCount(Math.abs(difference))} tokens`,
    detail: reasons === '' ? 'Without reasons' : reasons.replace(/\s+/g, ' '),
    candidate,
  };
}
