import type { Dialect } from '../../core/placeholders.ts';
import type { LintFinding, LintRule } from '../finding.ts';
import { marksInPlaces, variablesOf, type Variable } from '../variables.ts';

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
  check: (text, { names, places, shared }, marks) => {
    const all = variablesOf(text, marks);
    const filled = places ? marksInPlaces(all, places) : [];
    // What the call does not look at may be for another template, but for the names of this call.
    const others = all.filter(each => !filled.includes(each));
    const used = new Set(filled.map(each => each.root));
    const strays = shared
      ? []
      : others.filter(({ root }) => places && names?.includes(root) && !used.has(root));
    const own = mostFrequent(filled, 1);
    const usual = mostFrequent(others, 2);
    return [
      ...(own
        ? strays.filter(each => each.dialect !== own).map(each => finding(each, own, names))
        : []),
      ...(usual
        ? others
            .filter(each => each.dialect !== usual && !(own && strays.includes(each)))
            .map(each => finding(each, usual, places ? undefined : names))
        : []),
    ];
  },
};

function finding(
  { raw, start, end, name, root, dialect }: Variable,
  usual: Dialect,
  names: readonly string[] | undefined,
): Omit<LintFinding, 'rule'> {
  const message = `${raw} is spelled otherwise than the other placeholders (${spellings[usual]('name')}), so it may not be filled in.`;
  const fresh = spellings[usual](name);
  const isPlain = raw === spellings[dialect as Dialect](name) && name === root;
  if (!isPlain || (names && !names.includes(name))) return { start, end, message };
  return {
    start,
    end,
    message,
    fix: { title: `Replace ${raw} by ${fresh}`, edits: [{ start, end, text: fresh }] },
  };
}

/** The dialect of most placeholders, the first one where they are even; undefined for too few dialects. */
function mostFrequent(variables: readonly Variable[], fewest: number): Dialect | undefined {
  const counts = new Map<Dialect, number>();
  for (const { dialect } of variables) {
    if (dialect === 'block' || dialect === 'angle') continue;
    counts.set(dialect, (counts.get(dialect) ?? 0) + 1);
  }
  if (counts.size < fewest) return undefined;
  return [...counts].reduce((best, each) => (each[1] > best[1] ? each : best))[0];
}
