import type { Dialect } from '../../core/placeholders.ts';
import type { LintRule } from '../finding.ts';
import { variablesOf, type Variable } from '../variables.ts';

const spellings: Readonly<Record<Dialect, (name: string) => string>> = {
  mustache: name => `{{${name}}}`,
  brace: name => `{${name}}`,
  dollar: name => `\${${name}}`,
  percent: name => `%(${name})s`,
};

/** Placeholders in two dialects: one of them is filled in by nobody. */
export const mixedDialects: LintRule = {
  name: 'mixed-dialects',
  description: 'Placeholders in more than one dialect; only one of them is filled in.',
  check: (text, { names }, marks) => {
    const all = variablesOf(text, marks);
    const usual = mostFrequent(all);
    if (usual === undefined) return [];
    return all
      .filter(variable => variable.dialect !== usual)
      .map(variable => {
        const { raw, start, end, name, root } = variable;
        const message = `${raw} is spelled otherwise than the other placeholders (${spellings[usual]('name')}), so it may not be filled in.`;
        const fresh = spellings[usual](name);
        const isPlain = raw === spellings[variable.dialect as Dialect](name) && name === root;
        if (!isPlain || (names && !names.includes(name))) return { start, end, message };
        return {
          start,
          end,
          message,
          fix: { title: `Replace ${raw} by ${fresh}`, edits: [{ start, end, text: fresh }] },
        };
      });
  },
};

/** The dialect of most placeholders, the first one where they are even; undefined for one dialect. */
function mostFrequent(variables: readonly Variable[]): Dialect | undefined {
  const counts = new Map<Dialect, number>();
  for (const { dialect } of variables) {
    if (dialect === 'block' || dialect === 'angle') continue;
    counts.set(dialect, (counts.get(dialect) ?? 0) + 1);
  }
  if (counts.size < 2) return undefined;
  return [...counts].reduce((best, each) => (each[1] > best[1] ? each : best))[0];
}
