import type { StrategyListing } from '../engine/index.ts';
import type { Choice } from './messages.ts';
import { asSettings } from './readForm.ts';

/**
 * Every strategy of the engine, below the choice that leaves it to the settings.
 *
 * @param set the strategy that the settings come to
 */
export function presentStrategies(
  strategies: readonly StrategyListing[],
  set: string | undefined,
): readonly Choice[] {
  const usual = strategies.find(({ id }) => id === set) ?? strategies[0];
  return [
    {
      value: asSettings,
      label: usual ? `${usual.id} (suggested)` : 'Suggested',
      ...(usual ? { detail: usual.summary } : {}),
    },
    ...strategies.map(({ id, summary }) => ({ value: id, label: id, detail: summary })),
  ];
}
