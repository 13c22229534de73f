import { closestName } from '../closestName.ts';
import type { LintRule } from '../finding.ts';
import { blockNames, marksInPlaces, variablesOf } from '../variables.ts';

/** A placeholder that the call site does not fill in reaches the model as it is spelled. */
export const unknownPlaceholder: LintRule = {
  name: 'unknown-placeholder',
  description: 'A placeholder that the call site does not fill in.',
  check: (text, { names, places, shared }, marks) => {
    if (names === undefined) return [];
    const known = new Set([...names, ...blockNames(marks).bound]);
    const variables = marksInPlaces(variablesOf(text, marks), places);
    return variables
      .filter(({ root, name }) => !known.has(root) && !known.has(name))
      .map(({ root, raw, start, end }) => {
        const meant = closestName(root, names);
        const message = shared
          ? `Nothing in this file defines or fills in ${raw}.`
          : `The call does not fill in ${raw}; the model would see it as it stands.`;
        if (meant === undefined) return { start, end, message };
        const fresh = raw.replace(root, meant);
        // The call hands it in, and nothing else in the prompt uses it: it cannot mean another one.
        const isSure = !shared && !variables.some(each => each.root === meant);
        return {
          start,
          end,
          message: `${message} Is ${fresh} meant?`,
          fix: {
            title: `Replace ${raw} by ${fresh}`,
            edits: [{ start, end, text: fresh }],
            ...(isSure ? { safe: true } : {}),
          },
        };
      });
  },
};
