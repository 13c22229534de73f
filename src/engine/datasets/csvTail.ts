import { DatasetError } from '../core/errors.ts';
import type { TextTail } from './appendRow.ts';
import { firstText } from './csv.ts';
import { newRecordCutter, type CsvRecord } from './csvRecords.ts';
import { csvRow } from './csvText.ts';
import { textOf } from './decode.ts';
import { dialectOf } from './delimiter.ts';
import type { DatasetFile } from './file.ts';
import { columnsOf } from './header.ts';

/** The text that adds a row to a CSV or TSV file, in the file's own hand. */
export async function csvTail(
  file: DatasetFile,
  cells: Readonly<Record<string, string>>,
): Promise<TextTail> {
  const seen = await scanned(file);
  const columns = columnsOf(seen.header.cells, file.name, seen.header.line).columns;
  const leftOut = Object.keys(cells).filter(name => !columns.includes(name));
  if (leftOut.length === Object.keys(cells).length) {
    const names = columns.map(name => `"${name}"`).join(', ');
    throw new DatasetError(file.name, undefined, `no column fits the row; there are ${names}.`);
  }
  const style = { delimiter: seen.delimiter, quoteAll: seen.quoteAll };
  const row = csvRow(
    columns.map(name => (Object.hasOwn(cells, name) ? cells[name] : undefined)),
    style,
  );
  const before = seen.endsWithLine ? '' : seen.lineEnd;
  // A file without a final line end keeps its habit.
  const after = seen.endsWithLine ? seen.lineEnd : '';
  return { tail: `${before}${row}${after}`, line: seen.nextLine, leftOut };
}

interface Scanned {
  readonly header: CsvRecord;
  readonly delimiter: string;
  readonly quoteAll: boolean;
  readonly lineEnd: string;
  readonly endsWithLine: boolean;
  readonly nextLine: number;
}

/** Reads the whole file, because a quote that opens anywhere would swallow the new row. */
async function scanned(file: DatasetFile): Promise<Scanned> {
  const source = textOf(file);
  try {
    return await scannedText(file, source);
  } finally {
    await source.return(undefined);
  }
}

async function scannedText(file: DatasetFile, source: AsyncGenerator<string>): Promise<Scanned> {
  const start = await firstText(source);
  const { delimiter, sepLine } = dialectOf(start, file.format === 'tsv' ? 'tsv' : 'csv');
  const cutter = newRecordCutter(file.name, delimiter);
  // The header, and before it perhaps Excel's own line, are all that is needed of the rows.
  const first: CsvRecord[] = [];
  const take = (records: readonly CsvRecord[]): void => {
    const broken = records.find(record => record.fault === 'unclosed');
    if (broken) throw unclosed(file, broken.line);
    first.push(...records.slice(0, 2 - first.length));
  };
  let lines = 0;
  let last = '';
  for await (const piece of withFirst(start, source)) {
    take(cutter.cut(piece));
    lines += lineEndsIn(piece, last);
    last = piece.slice(-1) || last;
  }
  take(cutter.end());
  const header = first[sepLine ? 1 : 0];
  if (!header) throw new DatasetError(file.name, undefined, 'there is no header in it.');
  const endsWithLine = last === '\n' || last === '\r';
  return {
    header,
    delimiter,
    quoteAll: start.includes(csvRow(header.cells, { delimiter, quoteAll: true })),
    lineEnd: /\r\n|\n|\r/u.exec(start)?.[0] ?? '\n',
    endsWithLine,
    nextLine: lines + (endsWithLine ? 1 : 2),
  };
}

async function* withFirst(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}

/** Line ends of a piece; a CRLF that two pieces share counts once. */
function lineEndsIn(piece: string, before: string): number {
  const shared = before === '\r' && piece.startsWith('\n') ? 1 : 0;
  return (piece.match(/\r\n|\n|\r/gu)?.length ?? 0) - shared;
}

function unclosed(file: DatasetFile, line: number): DatasetError {
  const problem = 'a quote opens here and never closes, so that a new row would disappear in it.';
  return new DatasetError(file.name, line, problem);
}
