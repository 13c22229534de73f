import { StoreError } from '../core/errors.ts';

/** A JSON object whose fields have not been looked at yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The number that every stored shape carries; a reader refuses one that it does not know. */
export const schema = 1;

/** Text of a stored shape: sorted keys, two spaces, a line end, so that git shows small diffs. */
export function formatJson(value: unknown): string {
  return `${JSON.stringify(withSortedKeys(value), undefined, 2)}\n`;
}

function withSortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSortedKeys);
  if (!isObject(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map(key => [key, withSortedKeys(value[key])]));
}

/** Whether a value is a JSON object, not an array and not null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object in a file of ours; throws a `StoreError` for broken JSON and for unknown schemas. */
export function parseRecord(path: string, text: string): JsonObject {
  const value = parseJson(path, text);
  if (!isObject(value)) throw broken(path, 'it does not hold a JSON object');
  const found = value['schema'];
  if (found === schema) return value;
  if (typeof found !== 'number') throw broken(path, 'it has no schema number');
  const written = (when: string): string =>
    `this file was written by ${when} release of Prompt Refiner (schema ${found}; this one reads ${schema}).`;
  throw new StoreError(
    path,
    found > schema
      ? `${written('a newer')} Update Prompt Refiner.`
      : `${written('an older')} It is left as it is.`,
  );
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw broken(path, 'it is not valid JSON', error);
  }
}

/** The error for a stored file that cannot be used, with the remedy. */
export function broken(path: string, problem: string, cause?: unknown): StoreError {
  return new StoreError(
    path,
    `cannot be used: ${problem}. Restore the file from git or a backup, or move it out of the folder.`,
    { cause },
  );
}

/** A field that must be a finite number. */
export function numberField(path: string, record: JsonObject, name: string): number {
  const value = record[name];
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw broken(path, `"${name}" is not a number`);
  }
  return value;
}

/** A field that must be a text. */
export function textField(path: string, record: JsonObject, name: string): string {
  const value = record[name];
  if (typeof value !== 'string') throw broken(path, `"${name}" is not a text`);
  return value;
}

/** A field that must be one of these texts. */
export function choiceField<Choice extends string>(
  path: string,
  record: JsonObject,
  name: string,
  choices: readonly Choice[],
): Choice {
  const value = record[name];
  const choice = choices.find(each => each === value);
  if (choice === undefined) throw broken(path, `"${name}" is not one of ${choices.join(', ')}`);
  return choice;
}

/** A field that must be a whole number of at least 0. */
export function countField(path: string, record: JsonObject, name: string): number {
  const value = record[name];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw broken(path, `"${name}" is not a whole number`);
  }
  return value;
}

/** A field that must be an object. */
export function objectField(path: string, record: JsonObject, name: string): JsonObject {
  const value = record[name];
  if (!isObject(value)) throw broken(path, `"${name}" is not an object`);
  return value;
}

/** A field that may be absent; otherwise a text. */
export function optionalText(path: string, record: JsonObject, name: string): string | undefined {
  return record[name] === undefined ? undefined : textField(path, record, name);
}
