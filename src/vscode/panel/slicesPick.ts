import { window } from 'vscode';
import { RequestError } from '../../engine/index.ts';
import type { Engine, RunState } from '../../engine/index.ts';
import type { RunForm } from '../../panel/messages.ts';

/** Lets the person choose the column by which the rows of the shown run are sliced. */
export async function pickSlices(
  engine: Engine,
  { header }: RunState,
  { dataset, encoding }: RunForm,
): Promise<string | undefined> {
  if (dataset.split(/[\\/]/).at(-1) !== header?.datasetName) {
    throw new RequestError(
      'Choose the dataset of this run in the form first, then slice its rows.',
    );
  }
  const { columns, described } = await engine.preview(dataset, encoding === '' ? {} : { encoding });
  const items = columns.map(label => {
    const values = described?.find(({ name }) => name === label)?.distinct;
    return { label, ...(values === undefined ? {} : { description: `${values} values` }) };
  });
  const picked = await window.showQuickPick(items, {
    title: 'Slice the rows by which column?',
    placeHolder: 'Each of its values is scored alone, before and after',
  });
  return picked?.label;
}
