import type { TrialView } from '../../src/panel/messages.ts';

/** Names of the icons that stand beside the word of each decision. */
export const trialSymbols: Readonly<Record<TrialView['status'], string>> = {
  running: 'ellipsis',
  kept: 'check',
  refused: 'close',
  skipped: 'debug-step-over',
};
