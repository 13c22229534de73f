import type { Prompt } from '../../core/prompt.ts';
import type { Edit } from './edit.ts';
import { unitsOf } from './units.ts';

/** Each line of these components that is not blank, as the edit that takes it out. */
export function deletions(prompt: Prompt, components: readonly (keyof Prompt)[]): Edit[] {
  return components.flatMap(component =>
    unitsOf(prompt[component]).flatMap(({ text }, at) =>
      text.trim() === '' ? [] : [{ component, at, removed: text }],
    ),
  );
}
