import type { GuardError, RefinementCandidate, Refinement } from '../engine/index.ts';
import { formatCount } from '../panel/format.ts';
import { cleanLine, cleanText } from './cleanText.ts';
import type { Shell } from './shell.ts';

/**
 * The refinement with the candidate that the person took: where several may be used and somebody
 * can answer, they are shown and asked for; else the first one stands.
 */
export async function chosenCandidate(
  refinement: Refinement,
  { terminal, signal }: Shell,
  isAsked: boolean,
): Promise<Refinement> {
  const { candidates } = refinement;
  if (candidates.length > 1) {
    terminal.err(candidates.map(candidateText).join('\n'));
  }
  const usable = candidates.filter(each => each.refused === undefined);
  if (!isAsked || !terminal.asks || usable.length < 2) return refinement;
  for (;;) {
    const said = (await terminal.ask(`Which one? 1 to ${usable.length} [1]: `, signal)).trim();
    const chosen = usable[said === '' ? 0 : Number(said) - 1];
    if (chosen) return { ...refinement, after: chosen.text, changes: chosen.changes };
  }
}

function candidateText(candidate: RefinementCandidate, index: number): string {
  const { text, refused } = candidate;
  const verdict = refused ? `refused by ${guardNames(refused)}` : tokenText(candidate);
  const reasons = (refused ?? []).map(({ guard, message }) => `${guard}: ${cleanLine(message)}\n`);
  return `── ${index + 1}: ${verdict}\n${cleanText(text)}\n${reasons.join('')}`;
}

/** What a rewrite did to the length of the prompt: "−12 tokens (estimated)". */
export function tokenText({ tokens }: RefinementCandidate): string {
  const { before, after, estimated } = tokens;
  const difference = Math.abs(after - before);
  const sign = after < before ? '−' : '+';
  const noun = difference === 1 ? 'token' : 'tokens';
  return `${sign}${formatCount(difference)} ${noun}${estimated ? ' (estimated)' : ''}`;
}

/** A rewrite that no guard let pass: the text that was paid for, and which guards refused it. */
export function refusedText({ broken, text }: GuardError): string {
  if (broken.length === 0) return '';
  const shown = text === undefined ? '' : `${cleanText(text)}\n── `;
  return `${shown}Refused by ${guardNames(broken)}.\n`;
}

function guardNames(broken: GuardError['broken']): string {
  return [...new Set(broken.map(each => each.guard))].join(', ');
}
