import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { DatasetError } from '../core/errors.ts';
import { textOf } from './decode.ts';
import { dialectOf, type Dialect } from './delimiter.ts';
import type { DatasetFile } from './file.ts';
import { columnsOf } from './header.ts';
import { quoteFault } from './quotes.ts';
import { problemAt, rowLimit, rowTooLong, warningAt, type TableEvent } from './row.ts';

/**
 * CSV and TSV after RFC 4180: quoted cells may hold line ends, spaces are part of a cell, rows end
 * with LF, CRLF or CR. A row with too few or too many cells, or a broken quote, is a problem.
 */
export async function* readCsv(
  file: DatasetFile,
  signal?: AbortSignal,
): AsyncGenerator<TableEvent> {
  const source = textOf(file, signal);
  const first = await firstText(source);
  const dialect = dialectOf(first, file.format === 'tsv' ? 'tsv' : 'csv');
  let columns: readonly string[] | undefined;
  let sepLine = dialect.sepLine;
  for await (const { line, cells, raw, unclosed } of recordsOf(
    file,
    joined(first, source),
    dialect,
  )) {
    if (unclosed) {
      yield problemAt(line, 'a quote opens here and never closes; nothing behind it was read.');
    } else if (sepLine) {
      sepLine = false;
    } else if (cells.every(cell => cell.trim() === '') && cells.length <= 1) {
      continue;
    } else if (columns === undefined) {
      const header = columnsOf(cells, file.name, line);
      columns = header.columns;
      yield { kind: 'columns', columns };
      yield* header.warnings.map(message => warningAt(line, message));
    } else if (cells.length !== columns.length) {
      yield problemAt(line, raggedRow(cells.length, columns.length));
    } else {
      const fault = quoteFault(raw, dialect.delimiter);
      if (fault === 'after-closing') {
        yield problemAt(line, 'text follows a closing quote. Write a quote inside a cell as "".');
        continue;
      }
      if (fault === 'bare') yield warningAt(line, 'a quote inside a cell is read as it stands.');
      const named = new Map(columns.map((name, at) => [name, cells[at] ?? '']));
      yield { kind: 'row', row: { line, cells: named } };
    }
  }
}

interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
  readonly raw: string;
  /** Whether the rest of the file disappeared in a quoted cell. */
  readonly unclosed?: boolean;
}

async function* recordsOf(
  file: DatasetFile,
  text: AsyncIterable<string>,
  dialect: Dialect,
): AsyncGenerator<CsvRecord> {
  let line = 1;
  let fault: string | undefined;
  const parser = parse({
    delimiter: dialect.delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    raw: true,
    max_record_size: rowLimit,
    // Rows before a fault would be lost with an error: a stream drops what it has not handed on.
    skip_records_with_error: true,
    on_skip: error => {
      fault = error?.code;
      if (fault === 'CSV_MAX_RECORD_SIZE') parser.destroy(error);
      return undefined;
    },
  });
  const source = Readable.from(text);
  source.on('error', error => parser.destroy(error));
  try {
    for await (const each of source.pipe(parser)) {
      const { record: cells, raw } = each as { record: string[]; raw: string };
      yield { line, cells, raw };
      line += 1 + cells.reduce((sum, cell) => sum + lineEnds(cell), 0);
    }
  } catch (error) {
    if (fault === 'CSV_MAX_RECORD_SIZE') throw new DatasetError(file.name, line, rowTooLong);
    throw error;
  } finally {
    source.destroy();
    parser.destroy();
  }
  if (fault === 'CSV_QUOTE_NOT_CLOSED') yield { line, cells: [], raw: '', unclosed: true };
}

/** Line ends inside a cell: csv-parse counts a CRLF there as two lines. */
function lineEnds(cell: string): number {
  if (!cell.includes('\n') && !cell.includes('\r')) return 0;
  return cell.match(/\r\n|\n|\r/gu)?.length ?? 0;
}

async function firstText(source: AsyncGenerator<string>): Promise<string> {
  let first = '';
  while (first.length < 65_536) {
    const next = await source.next();
    if (next.done) break;
    first += next.value;
  }
  return first;
}

async function* joined(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  if (first !== '') yield first;
  yield* rest;
}

function raggedRow(count: number, wanted: number): string {
  const remedy = count < wanted ? 'add what is missing' : 'quote the cell that holds a delimiter';
  return `${count === 1 ? 'one cell' : `${count} cells`} where the header has ${wanted}; ${remedy}.`;
}
