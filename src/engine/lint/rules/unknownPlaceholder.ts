import { closestName } from '../closestName.ts';
import type { LintRule } from '../finding.ts';
import { blockNames, variablesOf } from '../variables.ts';

/** A placeholder that the call site does not fill in reaches the model as it is spelled. */
export const unknownPlaceholder: LintRule = {
  name: 'unknown-placeholder',
  description: 'A placeholder that the call site does not fill in.',
  check: (text, { names }, marks) => {
    if (names === undefined) return [];
    const known = new Set([...names, ...blockNames(marks).bound]);
    return variablesOf(text, marks)
      .filter(({ root, name }) => !known.has(root) && !known.has(name))
      .map(({ root, raw, start, end }) => {
        const meant = closestName(root, names);
        const message = `The call does not fill in ${raw}; the model would see it as it stands.`;
        if (meant === undefined) return { start, end, message };
        const fresh = raw.replace(root, meant);
        return {
          start,
          end,
          message: `${message} Is ${fresh} meant?`,
          fix: { title: `Replace ${raw} by ${fresh}`, edits: [{ start, end, text: fresh }] },
        };
      });
  },
};
