import type { RunGate } from '../engine/index.ts';
import type { Terminal } from './terminal.ts';

/**
 * Lets a person at a keyboard pause the run with the key p, and let it go on with the same key.
 *
 * @param say writes a line that stays on the screen
 * @returns what ends it
 */
export function pauseWithKey(
  { keys }: Pick<Terminal, 'keys'>,
  gate: RunGate,
  say: (line: string) => void,
): () => void {
  if (!keys) return () => undefined;
  say('p pauses; Ctrl-C stops and keeps the best prompt so far.');
  return keys(key => {
    if (key !== 'p' && key !== 'P') return;
    if (gate.isShut()) {
      gate.open();
      say('Going on.');
      return;
    }
    gate.shut();
    say(pausedText(gate.underWay()));
  });
}

function pausedText(underWay: number): string {
  const calls =
    underWay === 0
      ? ''
      : `${underWay} ${underWay === 1 ? 'call' : 'calls'} under way will be finished and kept. `;
  return `Paused: nothing new is sent. ${calls}p goes on, Ctrl-C stops.`;
}
