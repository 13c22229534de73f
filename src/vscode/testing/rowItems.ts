import { Range } from 'vscode';
import type { TestController, TestItem, Uri } from 'vscode';
import type { Dataset, Example } from '../../engine/index.ts';
import { firstLine, formatCount, plural } from '../../panel/format.ts';

/** More lines than these would only slow the Testing view down. */
const mostListed = 1_000;

/** Rows of a dataset as test items below the item of their pair. */
export interface RowItems {
  /** Every row that is run, by its id. */
  readonly examples: ReadonlyMap<string, Example>;
  /** The row's item; undefined beyond the listed ones. */
  find(exampleId: string): TestItem | undefined;
  /** The row's item, made where it is not listed. */
  make(example: Example): TestItem;
}

/** Lists the rows below their pair; results of rows that were there before stay. */
export function listRows(
  controller: TestController,
  parent: TestItem,
  dataset: Dataset,
  uri: Uri,
): RowItems {
  const make = (example: Example): TestItem => {
    const item = controller.createTestItem(
      rowItemId(parent, example.id),
      rowLabel(dataset, example),
      hasLines(dataset) ? uri : undefined,
    );
    const line = Math.max(0, example.line - 1);
    item.range = new Range(line, 0, line, 0);
    item.sortText = String(example.line).padStart(9, '0');
    item.description = firstLine(example.expected ?? example.labels?.join(', ') ?? '', 40);
    return item;
  };
  parent.children.replace(dataset.examples.slice(0, mostListed).map(make));
  const find = (id: string): TestItem | undefined => parent.children.get(rowItemId(parent, id));
  return {
    examples: new Map(dataset.examples.map(example => [example.id, example])),
    find,
    make(example) {
      const item = find(example.id) ?? make(example);
      parent.children.add(item);
      return item;
    },
  };
}

/** The row that an item stands for. */
export function rowOfItem(parent: TestItem, item: TestItem): string {
  return item.id.slice(parent.id.length + 1);
}

function rowItemId(parent: TestItem, exampleId: string): string {
  return `${parent.id}/${exampleId}`;
}

function rowLabel(dataset: Dataset, { line, inputs }: Example): string {
  const place = `${hasLines(dataset) ? 'Line' : 'Row'} ${formatCount(line)}`;
  const text = Object.values(inputs)
    .map(input => firstLine(input, 80))
    .join(' · ');
  return `${place}: ${asText(text)}`;
}

/** Only these have lines that an editor can show. */
function hasLines({ format }: Dataset): boolean {
  return ['csv', 'tsv', 'json', 'jsonl', 'yaml'].includes(format ?? '');
}

/** VS Code draws `$(name)` in a label as an icon; behind a backslash it stays text. */
function asText(text: string): string {
  return text.replace(/\$\(/gu, '\\$(');
}

/** How many rows there are, and what is not there of them. */
export function rowsText({ examples, rows, unusableRows = 0 }: Dataset): string {
  const drawn = examples.length < rows ? `${formatCount(examples.length)} of ` : '';
  const listed =
    examples.length > mostListed
      ? `; the first ${formatCount(mostListed)} are listed, the others as they fail`
      : '';
  const unusable = unusableRows > 0 ? `, ${formatCount(unusableRows)} not usable` : '';
  return `${drawn}${plural(rows, 'row')}${unusable}${listed}`;
}
