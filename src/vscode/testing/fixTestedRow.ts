import type { TestItem, TestMessage } from 'vscode';
import { RequestError } from '../../engine/index.ts';
import type { RunForm } from '../../panel/messages.ts';
import { askFixedAnswer, otherColumns } from '../addFixedAnswer.ts';
import type { Host } from '../host.ts';
import { requireFolder, requireTrust } from '../trust.ts';
import { pairRequest } from './pairRequest.ts';
import { rowOfItem } from './rowItems.ts';

/** A row that a person clicked in the Testing view, and the answer where a message was clicked. */
export interface ClickedRow {
  readonly item: TestItem;
  readonly output?: string;
}

/** Adds the row of a test once more, with the answer that the person says is right. */
export async function fixTestedRow(
  host: Host,
  form: RunForm,
  { item, output }: ClickedRow,
): Promise<void> {
  requireTrust();
  const folder = requireFolder();
  const engine = await host.engine(folder);
  const request = await pairRequest(form, engine, folder);
  const place = { dataset: request.dataset, ...request.mapping };
  const { examples } = await engine.rows({ ...request, slices: otherColumns(place) });
  const id = item.parent && rowOfItem(item.parent, item);
  const row = examples.find(example => example.id === id);
  if (!row) {
    throw new RequestError('This row is not in the dataset any more. Refresh the Testing view.');
  }
  const answer = output === undefined ? {} : { output };
  await askFixedAnswer(engine, folder, place, { ...row, ...answer });
}

/** What VS Code hands to a command of the menus of tests and of their messages. */
export function clickedRow(clicked: unknown): ClickedRow | undefined {
  if (typeof clicked !== 'object' || clicked === null) return undefined;
  if (isItem(clicked)) return clicked.parent ? { item: clicked } : undefined;
  if (!('test' in clicked) || !isItem(clicked.test) || !clicked.test.parent) return undefined;
  const output = 'message' in clicked ? (clicked.message as TestMessage).actualOutput : undefined;
  return { item: clicked.test, ...(output === undefined ? {} : { output }) };
}

function isItem(value: unknown): value is TestItem {
  return typeof value === 'object' && value !== null && 'children' in value && 'id' in value;
}
