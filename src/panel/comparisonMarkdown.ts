import type { VersionsComparison } from '../engine/index.ts';
import { costTable, headTable, scoreTable } from './comparisonTables.ts';
import { markdownCell, markdownTable } from './markdownTable.ts';
import type { DiffPart } from './messages.ts';
import { presentVersions } from './presentVersions.ts';

/** The comparison as a Markdown page: tables, and every changed component as a diff. */
export function markdownReport(comparison: VersionsComparison): string {
  const view = presentVersions(comparison);
  const parts = [
    `# ${markdownCell(view.title)}`,
    markdownTable(headTable(view)),
    '## Metrics',
    ...(view.rows.length > 0 ? [markdownTable(scoreTable(view))] : []),
    markdownCell(view.note),
    '## Cost and tokens',
    markdownTable(costTable(view)),
    ...view.diffs.flatMap(({ title, components }) =>
      components
        .filter(({ changed }) => changed)
        .flatMap(component => [
          `## ${markdownCell(`${component.title}, ${title}`)}`,
          fenced(lineDiff(component.parts)),
        ]),
    ),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Lines that went with a minus, lines that came with a plus, the others as they are. */
function lineDiff(parts: readonly DiffPart[]): string {
  const lines: string[] = [];
  let before = '';
  let after = '';
  const flush = (): void => {
    lines.push(...changedLines(linesOf(before), linesOf(after)));
    before = '';
    after = '';
  };
  for (const { kind, text } of parts) {
    // A change inside of a line belongs to the whole line, and changed lines in a row stay together.
    for (const piece of text.split(/(?<=\n)/u)) {
      if (kind !== 'added') before += piece;
      if (kind !== 'removed') after += piece;
      if (
        kind === 'same' &&
        piece.endsWith('\n') &&
        linesOf(before).at(-1) === linesOf(after).at(-1)
      )
        flush();
    }
  }
  flush();
  return lines.join('\n');
}

/** What both begin and end with stays; what is between went and came. */
function changedLines(before: readonly string[], after: readonly string[]): string[] {
  const shorter = Math.min(before.length, after.length);
  const first = before.findIndex((line, at) => line !== after[at]);
  const start = first === -1 ? shorter : Math.min(first, shorter);
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return [
    ...before.slice(0, start).map(line => ` ${line}`),
    ...before.slice(start, before.length - end).map(line => `-${line}`),
    ...after.slice(start, after.length - end).map(line => `+${line}`),
    ...before.slice(before.length - end).map(line => ` ${line}`),
  ];
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/u, '').split('\n');
}

/** A fence longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/gu)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}diff\n${text}\n${fence}`;
}
