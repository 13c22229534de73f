import type { DatasetPreview } from '../engine/index.ts';
import type { FieldProblem, RunForm } from './messages.ts';

/** The part of a preview that says which columns there are. */
export type Columns = Pick<DatasetPreview, 'name' | 'columns' | 'suggested'>;

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
