import { DatasetError } from '../core/errors.ts';
import type { ColumnMapping } from '../core/example.ts';
import { closestName, plain } from './closestName.ts';
import { optionalColumns } from './optionalColumns.ts';

const usualExpected = [
  'expected',
  'expected_output',
  'expected_answer',
  'target',
  'label',
  'answer',
  'output',
  'completion',
  'reference',
  'ideal',
  'gold',
  'ground_truth',
  'response',
  'category',
  'class',
];
const usualInputs = [
  'input',
  'question',
  'text',
  'prompt',
  'ticket',
  'query',
  'message',
  'content',
  'sentence',
  'document',
  'email',
  'review',
  'comment',
  'body',
];
const numbering = ['id', 'idx', 'index', 'row', 'number', 'no', 'uid', 'uuid', 'key', 'column1'];

/** Name of the input of a prompt that has no placeholders. */
const soleInput = 'input';

/** What a prompt needs of a dataset. */
export interface MappingNeeds {
  /** The prompt's placeholders; empty for a prompt without. */
  readonly inputNames: readonly string[];
  readonly needsExpected: boolean;
  /** Columns that are taken only where the person names them. */
  readonly notSuggested?: readonly string[];
  /** The first rows: what their cells hold tells lists and conversations. */
  readonly rows?: readonly Readonly<Record<string, string>>[];
}

/**
 * The mapping that the names alone make clear, or undefined where a person has to choose. Names
 * are compared exactly, then without case, spaces and underscores; `expected` also by the usual
 * names; a prompt without placeholders takes the only column left, or the one with a usual name.
 */
export function suggestMapping(
  columns: readonly string[],
  inputNames: readonly string[],
  needsExpected: boolean,
  rows: readonly Readonly<Record<string, string>>[] = [],
): ColumnMapping | undefined {
  const { mapping, missing } = mappingFor(columns, { inputNames, needsExpected, rows }, {});
  return missing.length === 0 ? mapping : undefined;
}

/**
 * The person's choice, completed by the names. Throws `DatasetError` that lists the columns: for a
 * column that is not there, and for an input or expected answer that no name makes clear.
 */
export function resolveMapping(
  file: string,
  columns: readonly string[],
  needs: MappingNeeds,
  chosen: Partial<ColumnMapping> = {},
): ColumnMapping {
  const { inputs, ...others } = chosen;
  checkColumns(file, columns, [...Object.values(inputs ?? {}), ...Object.values(others)]);
  const offered = without(columns, new Set(needs.notSuggested));
  const { mapping, missing } = mappingFor(offered, needs, chosen);
  if (missing.length > 0) throw unclear(file, columns, missing);
  return mapping;
}

/** Throws `DatasetError` for the first of `wanted` that is no column. */
export function checkColumns(
  file: string,
  columns: readonly string[],
  wanted: readonly string[],
): void {
  const missing = wanted.find(column => !columns.includes(column));
  if (missing !== undefined) throw columnMissing(file, columns, missing);
}

function mappingFor(
  columns: readonly string[],
  needs: MappingNeeds,
  chosen: Partial<ColumnMapping>,
): { mapping: ColumnMapping; missing: readonly string[] } {
  const given = Object.entries(chosen.inputs ?? {});
  const inputs = new Map(given);
  const open = needs.inputNames.filter(name => !inputs.has(name));
  // A face that does not know the placeholder says `input`; where one is open, that one is meant.
  const [only] = open;
  const spare = inputs.get(soleInput);
  if (open.length === 1 && only !== undefined && spare !== undefined) {
    if (!needs.inputNames.includes(soleInput)) inputs.delete(soleInput);
    inputs.set(only, spare);
  }
  for (const name of open.filter(each => !inputs.has(each))) {
    const column = named(columns, name);
    if (column !== undefined) inputs.set(name, column);
  }
  const optional = optionalColumns(columns, needs.rows ?? [], chosen, [...inputs.values()]);
  const { references, labels } = optional;
  const taken = (): Set<string> =>
    new Set([...inputs.values(), ...Object.values(optional).filter(each => each !== references)]);
  const expected = chosen.expected ?? usualColumn(without(columns, taken()), usualExpected);
  const used = taken();
  if (expected !== undefined) used.add(expected);
  if (references !== undefined) used.add(references);
  const stillOpen = needs.inputNames.filter(name => !inputs.has(name));
  const [single] = needs.inputNames.length === 0 && inputs.size === 0 ? [soleInput] : stillOpen;
  if (single !== undefined && stillOpen.length <= 1) {
    const column = textColumn(without(columns, used));
    if (column !== undefined) inputs.set(single, column);
  }
  const missing = needs.inputNames.filter(name => !inputs.has(name)).map(name => `{{${name}}}`);
  if (needs.inputNames.length === 0 && inputs.size === 0) missing.push('the input');
  const answered = expected ?? references ?? labels;
  if (needs.needsExpected && answered === undefined) missing.push('the expected answer');
  const mapped = { inputs: Object.fromEntries(inputs), ...optional };
  return { mapping: expected === undefined ? mapped : { ...mapped, expected }, missing };
}

function named(columns: readonly string[], name: string): string | undefined {
  if (columns.includes(name)) return name;
  const alike = columns.filter(column => plain(column) === plain(name));
  return alike.length === 1 ? alike[0] : undefined;
}

function usualColumn(columns: readonly string[], names: readonly string[]): string | undefined {
  for (const name of names) {
    const column = named(columns, name);
    if (column !== undefined) return column;
  }
  return undefined;
}

/** The only column that can hold text to work on, else one with a usual name. */
function textColumn(columns: readonly string[]): string | undefined {
  const candidates = columns.filter(column => !numbering.includes(plain(column)));
  return candidates.length === 1 ? candidates[0] : usualColumn(candidates, usualInputs);
}

function without(columns: readonly string[], taken: ReadonlySet<string>): string[] {
  return columns.filter(column => !taken.has(column));
}

function columnMissing(file: string, columns: readonly string[], column: string): DatasetError {
  const near = closestName(column, columns);
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
  return new DatasetError(
    file,
    undefined,
    `there is no column "${column}".${hint} ${columnsSentence(columns)}`,
    'choose-columns',
  );
}

function unclear(file: string, columns: readonly string[], missing: readonly string[]) {
  const options = missing.map(each =>
    each === 'the expected answer' ? '--target COLUMN' : '--input COLUMN',
  );
  return new DatasetError(
    file,
    undefined,
    `it is not clear which column holds ${missing.join(' and ')}. ${columnsSentence(columns)} ` +
      `Say it with ${[...new Set(options)].join(' and ')}, or choose the columns in the panel.`,
    'choose-columns',
  );
}

function columnsSentence(columns: readonly string[]): string {
  const shown = columns.slice(0, 20).map(column => `"${column}"`);
  const rest = columns.length - shown.length;
  const list = `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  return columns.length === 1 ? `The only column is ${list}.` : `The columns are ${list}.`;
}
