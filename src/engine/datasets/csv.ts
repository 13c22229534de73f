import { DatasetError } from '../core/errors.ts';
import { dialectOf } from './delimiter.ts';
import { textOf } from './decode.ts';
import { newRecordCutter, type CsvRecord } from './csvRecords.ts';
import type { DatasetFile } from './file.ts';
import { columnsOf } from './header.ts';
import { problemAt, warningAt, type TableEvent } from './row.ts';

/**
 * CSV and TSV after RFC 4180: quoted cells may hold line ends, spaces are part of a cell, rows end
 * with LF, CRLF or CR. A row with too few or too many cells, or a broken quote, is a problem.
 */
export async function* readCsv(
  file: DatasetFile,
  signal?: AbortSignal,
): AsyncGenerator<readonly TableEvent[]> {
  const source = textOf(file, signal);
  try {
    const first = await firstText(source);
    const dialect = dialectOf(first, file.format === 'tsv' ? 'tsv' : 'csv');
    const cutter = newRecordCutter(file.name, dialect.delimiter);
    const rows = newCsvRows(file.name, dialect.sepLine);
    yield rows.read(cutter.cut(first));
    for await (const text of source) yield rows.read(cutter.cut(text));
    yield rows.read(cutter.end());
  } finally {
    // A caller that has enough leaves between two pieces, and the file would stay open.
    await source.return(undefined);
  }
}

function newCsvRows(file: string, sepLine: boolean) {
  let columns: readonly string[] | undefined;
  let sepLineComes = sepLine;

  function* eventsOf({ line, cells, fault }: CsvRecord): Iterable<TableEvent> {
    if (fault === 'unclosed') {
      yield problemAt(line, 'a quote opens here and never closes; nothing behind it was read.');
    } else if (sepLineComes) {
      sepLineComes = false;
    } else if (fault === 'none' && cells.length <= 1 && (cells[0] ?? '').trim() === '') {
      return;
    } else if (columns === undefined) {
      if (fault === 'after-closing') throw new DatasetError(file, line, textBehindQuote);
      if (fault === 'bare') yield warningAt(line, quoteInside);
      const header = columnsOf(cells, file, line);
      columns = header.columns;
      yield { kind: 'columns', columns };
      for (const message of header.warnings) yield warningAt(line, message);
    } else if (cells.length !== columns.length) {
      yield problemAt(line, raggedRow(cells.length, columns.length));
    } else if (fault === 'after-closing') {
      yield problemAt(line, textBehindQuote);
    } else {
      if (fault === 'bare') yield warningAt(line, quoteInside);
      const named = new Map<string, string>();
      for (let at = 0; at < columns.length; at++) named.set(columns[at] ?? '', cells[at] ?? '');
      yield { kind: 'row', row: { line, cells: named } };
    }
  }

  return {
    read(records: readonly CsvRecord[]): TableEvent[] {
      const events: TableEvent[] = [];
      for (const record of records) for (const event of eventsOf(record)) events.push(event);
      return events;
    },
  };
}

const quoteInside = 'a quote inside a cell is read as it stands.';
const textBehindQuote = 'text follows a closing quote. Write a quote inside a cell as "".';

/** Enough of a text to see which delimiter its rows agree on. */
export async function firstText(source: AsyncGenerator<string>): Promise<string> {
  let first = '';
  while (first.length < 65_536) {
    const next = await source.next();
    if (next.done) break;
    first += next.value;
  }
  return first;
}

function raggedRow(count: number, wanted: number): string {
  const remedy = count < wanted ? 'add what is missing' : 'quote the cell that holds a delimiter';
  return `${count === 1 ? 'one cell' : `${count} cells`} where the header has ${wanted}; ${remedy}.`;
}
