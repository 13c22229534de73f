import type { DatasetProblem } from '../engine/index.ts';
import { formatCount, plural } from './format.ts';

/** What a reading of a dataset found out about its rows. */
export interface RowFindings {
  readonly usable: number;
  /** All of them, also those that `problems` does not list. */
  readonly unusable: number;
  readonly problems: readonly DatasetProblem[];
}

/** Lines that are named before the rest is only counted. */
const namedLines = 3;

/** "237 rows usable, 3 not, because line 18: …; also lines 40, 77." */
export function rowsSentence({ usable, unusable, problems }: RowFindings): string {
  const [first, ...others] = problems;
  if (unusable === 0) return `${plural(usable, 'row')} usable.`;
  if (!first) return `${plural(usable, 'row')} usable, ${formatCount(unusable)} not.`;
  const lines = others.slice(0, namedLines - 1).map(problem => String(problem.line));
  const rest = Math.max(0, unusable - 1 - lines.length);
  const also = [...lines, ...(rest > 0 ? [`${formatCount(rest)} more`] : [])];
  const end = also.length > 0 ? ` Also ${lines.length > 0 ? 'line ' : ''}${also.join(', ')}.` : '';
  return `${plural(usable, 'row')} usable, ${formatCount(unusable)} not, because line ${formatCount(first.line)}: ${withPoint(first.message)}${end}`;
}

/** Warnings as sentences with their lines; beyond `limit` they are only counted. */
export function warningSentences(warnings: readonly DatasetProblem[], limit = 3): string[] {
  const shown = warnings
    .slice(0, limit)
    .map(({ line, message }) => `Line ${formatCount(line)}: ${withPoint(message)}`);
  const more = warnings.length - shown.length;
  return more > 0 ? [...shown, `${plural(more, 'more warning')} about the dataset.`] : shown;
}

/** A finding as a whole sentence. */
export function withPoint(message: string): string {
  return /[.!?…]$/u.test(message) ? message : `${message}.`;
}
