import { readCsv } from './csv.ts';
import type { DatasetFile } from './file.ts';
import { readJsonArray } from './jsonArray.ts';
import { readJsonl } from './jsonl.ts';
import type { TableEvent } from './row.ts';

/** Reads a file by its format. Throws `DatasetError` for what ends the whole file. */
export function readTable(file: DatasetFile, signal?: AbortSignal): AsyncIterable<TableEvent> {
  switch (file.format) {
    case 'csv':
    case 'tsv':
      return readCsv(file, signal);
    case 'json':
      return readJsonArray(file, signal);
    case 'jsonl':
      return readJsonl(file, signal);
  }
}
