import type { ColumnMapping } from '../core/example.ts';
import type { Files } from '../core/files.ts';
import {
  broken,
  formatJson,
  isObject,
  objectField,
  optionalText,
  parseRecord,
  schema,
  textField,
} from './json.ts';
import { columnsFolder } from './layout.ts';

/** What a person chose for a prompt: which columns of a dataset feed it. */
export interface KeptColumns {
  /** Name of the dataset file. */
  readonly dataset: string;
  /** All columns of that file, in its order. */
  readonly columns: readonly string[];
  readonly mapping: Partial<ColumnMapping>;
}

const others = [
  'expected',
  'references',
  'labels',
  'messages',
  'context',
  'note',
  'split',
] as const;

/** Writes a choice beside earlier ones, as `columns/0001.json`: every file is written once. */
export async function writeKeptColumns(
  files: Files,
  promptName: string,
  { dataset, columns, mapping }: KeptColumns,
): Promise<void> {
  const text = formatJson({ schema, dataset, columns, mapping });
  const folder = columnsFolder(promptName);
  let next = Math.max(0, ...(await numbersIn(files, folder))) + 1;
  while (!(await files.write(pathOf(folder, next), text, { ifAbsent: true }))) next += 1;
}

/** Every choice that was kept for a prompt, the newest first. Throws a `StoreError` for a broken file. */
export async function readKeptColumns(files: Files, promptName: string): Promise<KeptColumns[]> {
  const folder = columnsFolder(promptName);
  const numbers = await numbersIn(files, folder);
  const paths = numbers.sort((left, right) => right - left).map(number => pathOf(folder, number));
  return Promise.all(paths.map(async path => parse(path, (await files.read(path)) ?? '')));
}

function parse(path: string, text: string): KeptColumns {
  const record = parseRecord(path, text);
  const { columns } = record;
  if (!Array.isArray(columns) || !columns.every(column => typeof column === 'string')) {
    throw broken(path, '"columns" is not a list of texts');
  }
  const mapping = objectField(path, record, 'mapping');
  const named = others.flatMap(name => {
    const column = optionalText(path, mapping, name);
    return column === undefined ? [] : [[name, column] as const];
  });
  return {
    dataset: textField(path, record, 'dataset'),
    columns,
    mapping: { ...inputsIn(path, mapping['inputs']), ...Object.fromEntries(named) },
  };
}

function inputsIn(path: string, inputs: unknown): Pick<Partial<ColumnMapping>, 'inputs'> {
  if (inputs === undefined) return {};
  if (!isObject(inputs)) throw broken(path, '"inputs" is not an object');
  const pairs = Object.entries(inputs).map(([name, column]) => {
    if (typeof column !== 'string') throw broken(path, `the column of "${name}" is not a text`);
    return [name, column] as const;
  });
  return { inputs: Object.fromEntries(pairs) };
}

async function numbersIn(files: Files, folder: string): Promise<number[]> {
  return (await files.list(folder)).flatMap(name => {
    const digits = /^(\d{4,9})\.json$/.exec(name)?.[1];
    return digits === undefined ? [] : [Number(digits)];
  });
}

function pathOf(folder: string, number: number): string {
  return `${folder}/${String(number).padStart(4, '0')}.json`;
}
