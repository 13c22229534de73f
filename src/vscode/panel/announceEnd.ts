import { commands as vscodeCommands } from 'vscode';
import type { RunState } from '../../engine/index.ts';
import { presentWinner } from '../../panel/presentResult.ts';
import { views } from '../ids.ts';
import { offer } from '../offer.ts';
import type { Choices } from '../offer.ts';

/** Tells the person that a run is over, with the next step; the person's own cancelling is no news. */
export function announceEnd(state: RunState, save: (candidateId: string) => Promise<void>): void {
  const { ended, claim, header } = state;
  if (!ended || ended.reason === 'cancelled') return;
  const winner = presentWinner(state);
  const choices: Choices = {
    ...(winner && winner.savedVersion === undefined
      ? { 'Save winner': () => save(winner.candidateId) }
      : {}),
    'Show run': () => vscodeCommands.executeCommand(`${views.run}.focus`),
  };
  const name = header ? `${header.promptName}: ` : '';
  offer(
    ended.reason === 'failed' ? 'error' : 'information',
    `${name}${claim?.sentence ?? ended.sentence}`,
    choices,
  );
}
