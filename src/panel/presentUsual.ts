import type { RunSettings } from '../engine/index.ts';
import type { PanelState } from './messages.ts';

/** What each number of the form is where it is left out. */
export function presentUsual(settings: RunSettings): PanelState['usual'] {
  const { targetThreshold, patience, maxIterations, sampleK, repeats, temperature = 0 } = settings;
  const { budget } = settings;
  const limit = (most: number | undefined): string =>
    most === undefined ? 'no limit' : byDefault(most);
  return {
    targetThreshold: byDefault(targetThreshold),
    patience: byDefault(patience),
    maxIterations: byDefault(maxIterations),
    sampleK: byDefault(sampleK),
    repeats:
      repeats === undefined && temperature > 0 ? 'once; at last more' : byDefault(repeats ?? 1),
    budgetUsd: limit(budget.usd),
    budgetTokens: limit(budget.tokens),
    budgetCalls: limit(budget.calls),
    budgetMinutes: limit(budget.minutes),
  };
}

function byDefault(value: number): string {
  return `${value} by default`;
}
