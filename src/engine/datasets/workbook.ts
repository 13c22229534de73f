import { readFile } from 'node:fs/promises';
import readXlsxFile from 'read-excel-file/universal';
import { DatasetError } from '../core/errors.ts';
import type { DatasetFile } from './file.ts';
import { columnsOf } from './header.ts';
import { newNamedRows } from './namedRows.ts';
import { warningAt, type TableEvent } from './row.ts';
import { wrongArchive } from './zipDirectory.ts';

const largestFile = 100_000_000;

/**
 * The first sheet of an Excel workbook that has rows; its first row names the columns. Spaces are
 * part of a cell, an empty cell is a missing one, a date is ISO 8601. Throws `DatasetError` for
 * what is broken or unpacks to too much; it is to run in a worker that can be ended.
 */
export async function* readWorkbook(file: DatasetFile): AsyncGenerator<readonly TableEvent[]> {
  if (file.size > largestFile) throw refused(file, 'it is larger than 100 MB');
  const bytes = await readFile(file.path);
  const wrong = wrongArchive(bytes);
  if (wrong !== undefined) throw refused(file, wrong);
  const sheets = await sheetsIn(file, bytes);
  const filled = sheets.filter(({ rows }) => rows.length > 0);
  const [first] = filled;
  if (!first) throw new DatasetError(file.name, undefined, 'there are no rows in it.');
  const events: TableEvent[] = [];
  if (filled.length > 1) {
    const message = `the sheet "${first.name}" is read; ${filled.length - 1} more are not.`;
    events.push(warningAt(1, message));
  }
  yield [...events, ...rowEvents(file.name, first.rows)];
}

interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly unknown[])[];
}

async function sheetsIn(file: DatasetFile, bytes: Buffer): Promise<Sheet[]> {
  try {
    const copy = new Uint8Array(bytes).buffer;
    const sheets = await readXlsxFile(copy, { trim: false });
    return sheets.map(each => ({ name: each.sheet, rows: each.data }));
  } catch (error) {
    throw refused(file, error instanceof Error ? error.message : String(error));
  }
}

function* rowEvents(file: string, sheet: Sheet['rows']): Iterable<TableEvent> {
  let rows = newNamedRows();
  let columns: readonly string[] | undefined;
  for (const [at, values] of sheet.entries()) {
    const texts = values.map(textOf);
    if (texts.every(text => text === undefined || text === '')) continue;
    if (columns === undefined) {
      const header = columnsOf(withoutEmptyEnd(texts), file, at + 1);
      columns = header.columns;
      rows = newNamedRows(columns);
      yield { kind: 'columns', columns };
      for (const message of header.warnings) yield warningAt(at + 1, message);
      continue;
    }
    const cells = new Map<string, string>();
    for (const [place, name] of columns.entries()) {
      const text = texts[place];
      if (text !== undefined) cells.set(name, text);
    }
    const beyond = texts.slice(columns.length).filter(text => text !== undefined && text !== '');
    if (beyond.length > 0) {
      yield warningAt(
        at + 1,
        'this row has cells to the right of the last column; they are not read.',
      );
    }
    yield* rows.add(at + 1, cells);
  }
}

/** A sheet is as wide as its widest row: columns without a name at the right are none. */
function withoutEmptyEnd(texts: readonly (string | undefined)[]): string[] {
  const last = texts.findLastIndex(text => text !== undefined && text !== '');
  return texts.slice(0, last + 1).map(text => text ?? '');
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) return undefined;
  const iso = value.toISOString();
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso;
}

function refused(file: DatasetFile, reason: string): DatasetError {
  const problem = `this is no Excel workbook that can be read, or another zip archive (${reason}). Export the sheet as CSV.`;
  return new DatasetError(file.name, undefined, problem);
}
