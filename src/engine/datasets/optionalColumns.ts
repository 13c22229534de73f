import type { ColumnMapping } from '../core/example.ts';
import { listIn, messagesIn, splitNamed } from './cellForms.ts';
import { plain } from './closestName.ts';

/** Columns beside inputs and the expected answer. */
export type OptionalColumns = Omit<ColumnMapping, 'inputs' | 'expected'>;

type Kind = keyof OptionalColumns;

interface Rule {
  readonly names: readonly string[];
  /** Whether a cell has the form that the name promises. */
  readonly fits: (cell: string) => boolean;
}

/**
 * A name alone is no proof: "answers" may be one text, and a list under "expected" may be the JSON
 * that a model shall write. So both the name and every filled cell of the first rows must fit.
 */
const rules: Readonly<Record<Kind, Rule>> = {
  references: {
    names: ['references', 'targets', 'answers', 'ideal', 'ideals', 'accepted_answers'],
    fits: cell => listIn(cell) !== undefined,
  },
  labels: {
    names: ['labels', 'intents', 'tags', 'classes', 'categories'],
    fits: cell => listIn(cell) !== undefined,
  },
  messages: {
    names: ['messages', 'conversation', 'chat'],
    fits: cell => messagesIn(cell) !== undefined,
  },
  context: { names: ['context', 'passage', 'background'], fits: () => true },
  // "Notes" alone may be the text to work on, or nobody's business but the person's.
  note: {
    names: ['human_note', 'human_notes', 'reviewer_note', 'reviewer_notes', 'annotator_note'],
    fits: () => true,
  },
  split: { names: ['split'], fits: cell => splitNamed(cell) !== undefined },
};

/** The person's choice of optional columns, completed by names and first rows. */
export function optionalColumns(
  columns: readonly string[],
  rows: readonly Readonly<Record<string, string>>[],
  chosen: Partial<ColumnMapping>,
  inputs: readonly string[],
): OptionalColumns {
  const found: Partial<Record<Kind, string>> = {};
  const taken = new Set([...inputs, chosen.expected]);
  for (const kind of Object.keys(rules) as Kind[]) {
    const column =
      chosen[kind] ??
      columns.find(name => !taken.has(name) && fits(rules[kind], name, rows)) ??
      undefined;
    if (column !== undefined) found[kind] = column;
  }
  return found;
}

function fits(
  rule: Rule,
  column: string,
  rows: readonly Readonly<Record<string, string>>[],
): boolean {
  if (!rule.names.some(name => plain(name) === plain(column))) return false;
  const cells = rows.flatMap(row => (Object.hasOwn(row, column) ? [row[column] ?? ''] : []));
  const filled = cells.filter(cell => cell !== '');
  return filled.length > 0 && filled.every(rule.fits);
}
