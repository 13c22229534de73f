import {
  LineCounter,
  parseAllDocuments,
  isMap,
  isScalar,
  isSeq,
  type Document,
  type Node,
} from 'yaml';
import { DatasetError } from '../core/errors.ts';
import { wholeTextOf } from './decode.ts';
import type { DatasetFile } from './file.ts';
import { columnsOfUnequalLength } from './jsonColumns.ts';
import { newNamedRows } from './namedRows.ts';
import { problemAt, wholeFileLimit, type TableEvent } from './row.ts';

const noRows =
  'this is not a list of rows. Write each row as "- input: …" with "expected: …" below it.';

/**
 * YAML 1.2: a list of rows, a map that holds one (`examples:`), a map of columns, or one row a
 * document. Plain scalars stay as they are written; `null` is a missing cell. Throws `DatasetError`
 * with the line of what is no YAML, also of a name that stands twice and of an alias bomb.
 */
export async function* readYaml(
  file: DatasetFile,
  signal?: AbortSignal,
): AsyncGenerator<readonly TableEvent[]> {
  const text = await wholeTextOf(file, wholeFileLimit, signal);
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: lines, intAsBigInt: true });
  if (!Array.isArray(parsed)) throw new DatasetError(file.name, 1, noRows);
  const documents = parsed as Document[];
  for (const { errors } of documents) {
    const [error] = errors;
    if (!error) continue;
    const reason = error.message.split('\n')[0]?.replace(/ at line.*/u, '') ?? error.code;
    const { line } = lines.linePos(error.pos[0]);
    throw new DatasetError(file.name, line, `this is not valid YAML (${reason}).`);
  }
  yield rowEvents(file.name, documents, lines);
}

function rowEvents(file: string, documents: readonly Document[], lines: LineCounter): TableEvent[] {
  const rows = newNamedRows();
  const events: TableEvent[] = [];
  for (const { document, node } of rowNodes(file, documents)) {
    const line = node.range ? lines.linePos(node.range[0]).line : 1;
    if (!isMap(node)) {
      events.push(problemAt(line, 'a row must be a map such as "input: …", this is none.'));
      continue;
    }
    const cells = new Map<string, string>();
    for (const { key, value } of node.items) {
      const cell = cellOf(value as Node | null, document, file, line);
      if (cell !== undefined) cells.set(nameOf(key), cell);
    }
    events.push(...rows.add(line, cells));
  }
  return events;
}

interface RowNode {
  readonly document: Document;
  readonly node: Node;
}

function rowNodes(file: string, documents: readonly Document[]): RowNode[] {
  const [document] = documents;
  const root = document?.contents;
  if (!document || !root) throw new DatasetError(file, undefined, 'there are no rows in it.');
  if (documents.length > 1) {
    return documents.flatMap(each => {
      return each.contents ? [{ document: each, node: each.contents }] : [];
    });
  }
  const inDocument = (nodes: readonly unknown[]): RowNode[] =>
    nodes.map(node => ({ document, node: node as Node }));
  if (isSeq(root)) return inDocument(root.items);
  if (!isMap(root)) throw new DatasetError(file, 1, noRows);
  const lists = root.items.flatMap(({ key, value }) => (isSeq(value) ? [{ key, value }] : []));
  const rows = lists.find(({ value }) => value.items.some(item => isMap(item)));
  if (rows) return inDocument(rows.value.items);
  if (lists.length === 0) throw new DatasetError(file, 1, noRows);
  const columns = lists.map(({ key, value }) => [nameOf(key), value.items] as const);
  const unequal = columnsOfUnequalLength(columns);
  if (unequal) throw new DatasetError(file, 1, unequal);
  return inDocument(
    (columns[0]?.[1] ?? []).map((_, at) => {
      return document.createNode(
        new Map(columns.map(([name, values]) => [name, (values[at] as Node).toJS(document)])),
      );
    }),
  );
}

function nameOf(key: unknown): string {
  if (isScalar(key)) return key.source ?? String(key.value);
  return String(key);
}

function cellOf(
  node: Node | null,
  document: Document,
  file: string,
  line: number,
): string | undefined {
  if (node === null) return undefined;
  if (isScalar(node)) {
    if (node.value === null || node.value === undefined) return undefined;
    if (typeof node.value === 'string') return node.value;
    return node.source ?? jsonText(node.value);
  }
  try {
    return jsonText(node.toJS(document, { maxAliasCount: 100 }));
  } catch {
    const problem = 'the aliases of this row stand for too much text. Write the values out.';
    throw new DatasetError(file, line, problem);
  }
}

/** JSON of what a list or map holds; whole numbers keep all their digits. */
function jsonText(value: unknown): string {
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return `[${value.map(jsonText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const members = Object.entries(value).map(([name, each]) => {
    return `${JSON.stringify(name)}: ${jsonText(each)}`;
  });
  return `{${members.join(', ')}}`;
}
