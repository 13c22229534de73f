import { closestName } from '../closestName.ts';
import type { LintRule } from '../finding.ts';
import { blockNames, marksInPlaces, variablesOf } from '../variables.ts';

/** A value that the call site hands in and the prompt never shows to the model. */
export const unusedPlaceholder: LintRule = {
  name: 'unused-placeholder',
  description: 'A name that the call site fills in and the prompt does not use.',
  check: (text, { names = [], places, shared }, marks) => {
    if (shared) return [];
    const filled = marksInPlaces(marks, places).filter(mark => mark.dialect !== 'angle');
    const used = new Set([
      ...filled.flatMap(mark => mark.name.match(/[\p{L}_][\p{L}\p{M}\p{N}_-]*/gu) ?? []),
      ...blockNames(marks).read,
    ]);
    // One that is misspelled here is told once, where it stands.
    const meant = new Set(
      marksInPlaces(variablesOf(text, marks), places)
        .filter(({ root }) => !names.includes(root))
        .map(({ root }) => closestName(root, names)),
    );
    const end = /\n|$/.exec(text)?.index ?? text.length;
    return [...new Set(names)]
      .filter(name => !used.has(name) && !meant.has(name))
      .map(name => ({
        start: 0,
        end,
        message: `The call hands in "${name}", which this prompt does not use. Add a placeholder, or drop it there.`,
      }));
  },
};
