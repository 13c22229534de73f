import type { VersionsComparison } from '../engine/index.ts';
import { rowName } from './presentRows.ts';

/**
 * Every row of the dataset with the score and the answer of each version, as RFC 4180 has it.
 * A text that a spreadsheet would run as a formula gets an apostrophe in front.
 */
export function csvReport({ versions, rows }: VersionsComparison): string {
  const heads = [
    'row',
    ...versions.flatMap(({ number }) => [`v${number} score`, `v${number} answer`]),
  ];
  const lines = (rows?.rows ?? []).map(row => [
    rowName(row),
    ...versions.flatMap((_, index) => {
      const cell = row.cells[index];
      if (!cell) return ['', ''];
      return [
        cell.value === undefined ? cell.outcome : String(cell.value),
        cell.failure ?? cell.output ?? '',
      ];
    }),
  ]);
  return [heads, ...lines].map(line => `${line.map(csvCell).join(',')}\r\n`).join('');
}

function csvCell(text: string): string {
  const isNumber = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/iu.test(text);
  const safe = !isNumber && /^[=+\-@\t\r\n＝＋－＠]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
