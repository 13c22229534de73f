import type { ColumnMapping, DatasetPreview } from '../engine/index.ts';
import type { FieldProblem, RunForm } from './messages.ts';

/** The part of a preview that says which columns there are. */
export type Columns = Pick<DatasetPreview, 'name' | 'columns' | 'suggested' | 'kept'>;

/** The fields of the form that say how a dataset is read. */
type ColumnField = keyof ColumnMapping;

/** The form without its columns: what is kept for the prompt, or the names, say them again. */
export function withoutColumns(form: RunForm): RunForm {
  return { ...form, ...columnsIn({}) };
}

/** Whether the form names a column. */
export function hasColumns(form: RunForm): boolean {
  return !haveSameColumns(form, withoutColumns(form));
}

/** Whether two forms read a dataset by the same columns. */
export function haveSameColumns(left: RunForm, right: RunForm): boolean {
  const columns = ({ inputs, ...form }: RunForm) => {
    const { expected, references, labels, messages, context, note, split } = form;
    return JSON.stringify([inputs, expected, references, labels, messages, context, note, split]);
  };
  return columns(left) === columns(right);
}

/** The form with the columns that were kept for its prompt, where there are some. */
export function takeKept(form: RunForm, { kept }: Columns): RunForm {
  return kept ? { ...form, ...columnsIn(kept) } : form;
}

function columnsIn(mapping: Partial<ColumnMapping>): Pick<RunForm, ColumnField> {
  const { inputs = {}, expected = '', references = '', labels = '' } = mapping;
  const { messages = '', context = '', note = '', split = '' } = mapping;
  return { inputs, expected, references, labels, messages, context, note, split };
}

/**
 * The form with a column for every input where the file makes one clear. A column that the person
 * chose stays as long as the file has it.
 */
export function suggestColumns(
  form: RunForm,
  preview: Columns,
  inputNames: readonly string[],
): RunForm {
  const known = new Set(preview.columns);
  const suggested = preview.suggested?.inputs ?? {};
  // A prompt with one input and a file with one clear input belong together, whatever their names.
  const [only, ...more] = Object.values(suggested);
  const sole = inputNames.length === 1 && more.length === 0 ? only : undefined;
  const keep = (chosen: string | undefined, suggested: string | undefined): string => {
    if (chosen !== undefined && known.has(chosen)) return chosen;
    return suggested !== undefined && known.has(suggested) ? suggested : '';
  };
  const inputs = inputNames.map((name): [string, string] => [
    name,
    keep(ownValue(form.inputs, name), ownValue(suggested, name) ?? (known.has(name) ? name : sole)),
  ]);
  return {
    ...form,
    inputs: Object.fromEntries(inputs),
    expected: keep(form.expected, preview.suggested?.expected),
  };
}

/** What is not clear yet, or names a column that the file has not got; a sentence at each field. */
export function columnProblems(
  form: RunForm,
  preview: Columns,
  inputNames: readonly string[],
): readonly FieldProblem[] {
  const known = new Set(preview.columns);
  const problemOf = (column: string, wish: string): string | undefined => {
    if (column === '') return wish;
    return known.has(column) ? undefined : `${preview.name} has no column “${column}”. ${wish}`;
  };
  const inputs = inputNames.map((name): [FieldProblem['field'], string | undefined] => [
    `inputs.${name}`,
    problemOf(ownValue(form.inputs, name) ?? '', `Choose the column that fills ${name}.`),
  ]);
  const isNeeded = form.expected !== '' || !hasOtherAnswers(form);
  const expected = isNeeded
    ? problemOf(form.expected, 'Choose the column with the right answers.')
    : undefined;
  return [...inputs, ['expected', expected] as const].flatMap(([field, message]) =>
    message === undefined ? [] : [{ field, message }],
  );
}

/** Whether the right answers are said by another column: a list of them, or a set of labels. */
function hasOtherAnswers({ references, labels }: RunForm): boolean {
  return references !== '' || labels !== '';
}

/** A column called `constructor` must not be found on the prototype. */
function ownValue(record: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
