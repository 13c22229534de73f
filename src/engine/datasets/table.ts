import { readCsv } from './csv.ts';
import type { DatasetFile } from './file.ts';
import { readJsonArray } from './jsonArray.ts';
import { readJsonl } from './jsonl.ts';
import type { TableEvent } from './row.ts';

/**
 * Reads a file by its format, some rows at a time, because a step of an async generator for each
 * of a million rows costs more than the rows. Throws `DatasetError` for what ends the whole file.
 */
export async function* readTable(
  file: DatasetFile,
  signal?: AbortSignal,
): AsyncGenerator<readonly TableEvent[]> {
  yield* await readerOf(file, signal);
}

/** The reader of a format; those with a parser of their own are loaded when they are needed. */
async function readerOf(
  file: DatasetFile,
  signal?: AbortSignal,
): Promise<AsyncGenerator<readonly TableEvent[]>> {
  switch (file.format) {
    case 'csv':
    case 'tsv':
      return readCsv(file, signal);
    case 'json':
      return readJsonArray(file, signal);
    case 'jsonl':
      return readJsonl(file, signal);
    case 'yaml':
      return (await import('./yaml.ts')).readYaml(file, signal);
    case 'parquet':
      return (await import('./parquet.ts')).readParquet(file, signal);
    case 'xlsx':
      return (await import('./workbook.ts')).readWorkbook(file);
    case 'folder':
      return (await import('./textFolder.ts')).readTextFolder(file, signal);
  }
}
