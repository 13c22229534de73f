import { textOf } from './decode.ts';
import type { DatasetFile } from './file.ts';
import { columnarEvents } from './jsonColumns.ts';
import { newElementCutter } from './jsonElements.ts';
import { newNamedRows } from './namedRows.ts';
import type { TableEvent } from './row.ts';

/**
 * A JSON array of objects, or an object that holds one (`{"examples": [...]}`), read row by row, or
 * an object of columns. A row that is no object is a problem; broken brackets or commas end the
 * file with an error.
 */
export async function* readJsonArray(
  file: DatasetFile,
  signal?: AbortSignal,
): AsyncGenerator<readonly TableEvent[]> {
  const rows = newNamedRows();
  const cutter = newElementCutter(file.name);
  for await (const chunk of textOf(file, signal)) {
    const events: TableEvent[] = [];
    for (const { line, text } of cutter.cut(chunk)) {
      events.push(...rows.read(line, text, 'Check the quotes and commas of this row.'));
    }
    if (events.length > 0) yield events;
  }
  if (cutter.holdsNoRows()) yield await columnarEvents(file, signal);
  else cutter.end();
}
