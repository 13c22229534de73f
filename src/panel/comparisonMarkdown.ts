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
    if (before === after) lines.push(...marked(' ', before));
    else lines.push(...marked('-', before), ...marked('+', after));
    before = '';
    after = '';
  };
  for (const { kind, text } of parts) {
    // A change inside of a line belongs to the whole line.
    for (const piece of text.split(/(?<=\n)/u)) {
      if (kind !== 'added') before += piece;
      if (kind !== 'removed') after += piece;
      if (kind === 'same' && piece.endsWith('\n')) flush();
    }
  }
  flush();
  return lines.join('\n');
}

function marked(mark: string, text: string): string[] {
  if (text === '') return [];
  return text
    .replace(/\n$/u, '')
    .split('\n')
    .map(line => `${mark}${line}`);
}

/** A fence longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/gu)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}diff\n${text}\n${fence}`;
}
