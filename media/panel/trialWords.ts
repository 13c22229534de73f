import type { TrialView } from '../../src/panel/messages.ts';

/** How a line of the list stands: a trial's decision, or that it is what all of them began with. */
export type TrialStatus = TrialView['status'] | 'original';

/** Names of the icons that stand beside the word of each decision. */
export const trialSymbols: Readonly<Record<TrialStatus, string>> = {
  running: 'ellipsis',
  kept: 'check',
  refused: 'close',
  skipped: 'debug-step-over',
  original: 'circle-filled',
};
