import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Document,
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
  try {
    yield rowEvents(file.name, text);
  } catch (error) {
    if (error instanceof DatasetError) throw error;
    // Too many aliases, too deep a nesting.
    const reason = error instanceof Error ? error.message : String(error);
    throw new DatasetError(file.name, undefined, `this YAML cannot be read (${reason}).`);
  }
}

function rowEvents(file: string, text: string): TableEvent[] {
  const lines = new LineCounter();
  const lineOf = (offset: number): number => Math.max(1, lines.linePos(offset).line);
  const rows = newNamedRows();
  const events: TableEvent[] = [];
  for (const row of rowsIn(file, parsed(file, text, lines))) {
    const line = lineOf(row.offset);
    if (!row.cells) {
      events.push(problemAt(line, 'a row must be a map such as "input: …", this is none.'));
      continue;
    }
    const cells = new Map<string, string>();
    for (const [name, node] of row.cells) {
      const cell = cellOf(node, row.document);
      if (cell !== undefined) cells.set(name, cell);
    }
    events.push(...rows.add(line, cells));
  }
  return events;
}

function parsed(file: string, text: string, lines: LineCounter): Document[] {
  const documents = parseAllDocuments(text, { lineCounter: lines, intAsBigInt: true });
  const found = Array.isArray(documents) ? (documents as Document[]) : [];
  for (const { errors } of found) {
    const [error] = errors;
    if (!error) continue;
    const reason = error.message.split('\n')[0]?.replace(/ at line.*/u, '') ?? error.code;
    const { line } = lines.linePos(error.pos[0]);
    throw new DatasetError(file, line, `this is not valid YAML (${reason}).`);
  }
  return found;
}

interface YamlRow {
  readonly document: Document;
  /** Where it begins, in characters. */
  readonly offset: number;
  /** Name → value; undefined where the row is no map. */
  readonly cells?: readonly (readonly [string, unknown])[];
}

function rowsIn(file: string, documents: readonly Document[]): YamlRow[] {
  const filled = documents.filter(document => document.contents !== null);
  const [document] = filled;
  const root = document?.contents;
  if (!document || !root) throw new DatasetError(file, undefined, 'there are no rows in it.');
  if (filled.length > 1) return filled.map(each => rowOf(each.contents, each));
  if (isSeq(root)) return root.items.map(item => rowOf(item, document));
  if (!isMap(root)) throw new DatasetError(file, 1, noRows);
  const lists = root.items.flatMap(({ key, value }) =>
    isSeq(value) ? [[nameOf(key), value.items] as const] : [],
  );
  const rows = lists.find(([, items]) => items.some(item => isMap(item)))?.[1];
  if (rows) return rows.map(item => rowOf(item, document));
  // A map of texts is one row, as a document of a stream is.
  if (lists.length === 0) return [rowOf(root, document)];
  return columnarRows(file, lists, document);
}

function columnarRows(
  file: string,
  columns: readonly (readonly [string, readonly unknown[]])[],
  document: Document,
): YamlRow[] {
  const unequal = columnsOfUnequalLength(columns);
  if (unequal !== undefined) throw new DatasetError(file, 1, unequal);
  const [, first = []] = columns[0] ?? [];
  return first.map((value, at) => ({
    document,
    offset: offsetOf(value),
    cells: columns.map(([name, values]) => [name, values[at]] as const),
  }));
}

function rowOf(node: unknown, document: Document): YamlRow {
  const offset = offsetOf(node);
  if (!isMap(node)) return { document, offset };
  return { document, offset, cells: node.items.map(({ key, value }) => [nameOf(key), value]) };
}

function offsetOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}

function nameOf(key: unknown): string {
  if (isScalar(key)) return key.source ?? String(key.value);
  return String(key);
}

function cellOf(node: unknown, document: Document): string | undefined {
  if (!isNode(node)) return undefined;
  if (isAlias(node)) return cellOf(node.resolve(document), document);
  if (isScalar(node)) {
    if (node.value === null || node.value === undefined) return undefined;
    if (typeof node.value === 'string') return node.value;
    return node.source ?? jsonText(node.value);
  }
  return jsonText(node.toJS(document, { maxAliasCount: 100 }));
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
