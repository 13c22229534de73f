import type { Choice } from './messages.ts';
import { asSettings } from './readForm.ts';

const crossValidate = 'Cross-validate the search';
const keepAside = 'Keep some rows aside';

/**
 * What can be done with fewer rows than a verdict needs, below the choice that leaves it to the settings.
 *
 * @param set what the settings say; absent: cross-validate
 */
export function presentFewRows(set: boolean | undefined): readonly Choice[] {
  return [
    { value: asSettings, label: `${set === false ? keepAside : crossValidate} (suggested)` },
    { value: 'on', label: crossValidate },
    { value: 'off', label: keepAside },
  ];
}
