import type { Prompt } from '../core/prompt.ts';
import type { RunSettings } from '../core/run.ts';

/** The parts of a prompt that a run may change. */
export function changeable({
  component = 'all',
}: Pick<RunSettings, 'component'>): readonly (keyof Prompt)[] {
  return component === 'all' ? ['system', 'output'] : [component];
}

/** A proposed prompt in which the part that may not change is the parent's. */
export function onlyChanging(
  component: RunSettings['component'],
  parent: Prompt,
  proposed: Prompt,
): Prompt {
  switch (component) {
    case 'system':
      return { ...proposed, output: parent.output };
    case 'output':
      return { ...proposed, system: parent.system };
    case 'all':
    case undefined:
      return proposed;
  }
}
