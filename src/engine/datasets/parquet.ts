import { open } from 'node:fs/promises';
import {
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
  type AsyncBuffer,
  type FileMetaData,
} from 'hyparquet';
import { CancelledError, DatasetError } from '../core/errors.ts';
import type { DatasetFile } from './file.ts';
import { columnsOf } from './header.ts';
import { parquetColumns, readParsers, type ParquetColumn } from './parquetCells.ts';
import { checkPages } from './parquetChecksums.ts';
import { boundedCompressors, newAllowance, wrongSizes } from './parquetLimits.ts';
import { newNamedRows } from './namedRows.ts';
import { problemAt, warningAt, type TableEvent } from './row.ts';

/** Rows that are unpacked at a time, where a row group holds more. */
const rowsAtOnce = 20_000;

/**
 * Parquet by row groups. Cells are text: whole numbers with all digits, decimals with their scale,
 * times in ISO 8601, lists and structs as JSON; null is a missing cell. A row's `line` is its
 * number. Throws `DatasetError` for what is broken; it is to run in a worker that can be ended.
 */
export async function* readParquet(
  file: DatasetFile,
  signal?: AbortSignal,
): AsyncGenerator<readonly TableEvent[]> {
  const handle = await open(file.path, 'r');
  try {
    const buffer = bufferOf(handle, file.size);
    const metadata = await orBroken(file.name, () => {
      return parquetMetadataAsync(buffer, { initialFetchSize: 65_536, geoparquet: false });
    });
    const wrong = wrongSizes(metadata, file.size);
    if (wrong !== undefined) throw broken(file.name, wrong);
    const columns = await orBroken(file.name, () => parquetColumns(parquetSchema(metadata)));
    const header = columnsOf(
      columns.map(column => column.name),
      file.name,
    );
    yield [
      { kind: 'columns', columns: header.columns },
      ...header.warnings.map(message => warningAt(1, message)),
    ];
    yield* rowsOf({ file, buffer, metadata, columns }, signal);
  } finally {
    await handle.close();
  }
}

interface Opened {
  readonly file: DatasetFile;
  readonly buffer: AsyncBuffer;
  readonly metadata: FileMetaData;
  readonly columns: readonly ParquetColumn[];
}

async function* rowsOf(
  { file, buffer, metadata, columns }: Opened,
  signal?: AbortSignal,
): AsyncGenerator<readonly TableEvent[]> {
  const allowance = newAllowance();
  const rows = newNamedRows(columns.map(column => column.name));
  let line = 0;
  for (const group of metadata.row_groups) {
    const end = line + Number(group.num_rows);
    await orBroken(file.name, () => checkPages(group, buffer));
    while (line < end) {
      if (signal?.aborted) throw new CancelledError();
      const rowEnd = Math.min(end, line + rowsAtOnce);
      const wanted = rowEnd - line;
      const values = await orBroken(file.name, () => {
        allowance.renew();
        return unpacked({ buffer, metadata, rowStart: line, rowEnd, allowance });
      });
      if (values.length !== wanted) {
        throw broken(file.name, `${values.length} rows where ${wanted} are promised`);
      }
      const events: TableEvent[] = [];
      for (const row of values) events.push(...eventsOf(++line, row, columns, rows));
      yield events;
    }
  }
}

function eventsOf(
  line: number,
  row: readonly unknown[],
  columns: readonly ParquetColumn[],
  rows: ReturnType<typeof newNamedRows>,
): Iterable<TableEvent> {
  const cells = new Map<string, string>();
  for (const [at, { name, textOf }] of columns.entries()) {
    const value = row[at];
    if (value === null || value === undefined) continue;
    const text = textOf(value);
    if (text === undefined) {
      const problem = `"${name}" holds bytes that are no UTF-8 text. Store it as a string.`;
      return [problemAt(line, problem)];
    }
    cells.set(name, text);
  }
  return rows.add(line, cells);
}

async function unpacked(range: {
  readonly buffer: AsyncBuffer;
  readonly metadata: FileMetaData;
  readonly rowStart: number;
  readonly rowEnd: number;
  readonly allowance: ReturnType<typeof newAllowance>;
}): Promise<readonly (readonly unknown[])[]> {
  let rows: readonly (readonly unknown[])[] = [];
  await parquetRead({
    file: range.buffer,
    metadata: range.metadata,
    rowStart: range.rowStart,
    rowEnd: range.rowEnd,
    compressors: boundedCompressors(range.allowance),
    parsers: readParsers,
    utf8: false,
    geoparquet: false,
    useOffsetIndex: true,
    rowFormat: 'array',
    onComplete: found => {
      rows = found as unknown[][];
    },
  });
  return rows;
}

function bufferOf(handle: Awaited<ReturnType<typeof open>>, byteLength: number): AsyncBuffer {
  return {
    byteLength,
    async slice(start, end = byteLength) {
      const length = Math.max(0, Math.min(end, byteLength) - start);
      const { buffer, bytesRead } = await handle.read(new Uint8Array(length), 0, length, start);
      return buffer.buffer.slice(0, bytesRead);
    },
  };
}

async function orBroken<Value>(
  file: string,
  read: () => Value | Promise<Value>,
): Promise<Awaited<Value>> {
  try {
    return await read();
  } catch (error) {
    throw broken(file, error instanceof Error ? error.message : String(error));
  }
}

function broken(file: string, reason: string): DatasetError {
  const cut = /footer != PAR1|too short/u.test(reason);
  const what = cut
    ? 'its footer is missing (the magic bytes PAR1 at its end), so it may be truncated'
    : reason.replace(/^parquet /u, '');
  const problem = `this Parquet file is broken or of a kind that is not read (${what}). Write it again, or export it as CSV or JSONL.`;
  return new DatasetError(file, undefined, problem);
}
