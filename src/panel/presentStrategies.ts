import type { StrategyListing } from '../engine/index.ts';
import type { Choice } from './messages.ts';
import { asSettings } from './readForm.ts';

/** Every strategy of the engine, below the choice that leaves it to the settings. */
export function presentStrategies(strategies: readonly StrategyListing[]): readonly Choice[] {
  const detail = `As the settings say; where they name none, ${strategies[0]?.id ?? ''}.`;
  return [
    { value: asSettings, label: 'Default', detail },
    ...strategies.map(({ id, summary }) => ({ value: id, label: id, detail: summary })),
  ];
}
