import { textOf } from './decode.ts';
import type { DatasetFile } from './file.ts';
import { newElementCutter } from './jsonElements.ts';
import { newJsonRows } from './jsonRows.ts';
import type { TableEvent } from './row.ts';

/**
 * A JSON array of objects, or an object that holds one (`{"examples": [...]}`), read row by row.
 * A row that is no object is a problem; broken brackets or commas end the file with an error.
 */
export async function* readJsonArray(
  file: DatasetFile,
  signal?: AbortSignal,
): AsyncGenerator<TableEvent> {
  const rows = newJsonRows();
  const cutter = newElementCutter(file.name);
  for await (const chunk of textOf(file, signal)) {
    for (const { line, text } of cutter.cut(chunk)) {
      yield* rows.read(line, text, 'Check the quotes and commas of this row.');
    }
  }
  cutter.end();
}
