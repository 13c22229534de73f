import type { View } from './view.ts';

/** Selects a trial, 0 for the original, wherever it is shown; the one that is selected is let go. */
export function selectTrial({ state, send }: Pick<View, 'state' | 'send'>, number: number): void {
  const isSelected = state.run?.selected?.number === number;
  send(isSelected ? { type: 'trial-select' } : { type: 'trial-select', number });
}
