import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import split2 from 'split2';
import { DatasetError } from '../core/errors.ts';
import { bytesOf, notText, textOf } from './decode.ts';
import type { DatasetFile } from './file.ts';
import { newNamedRows } from './namedRows.ts';
import { problemAt, rowLimit, rowTooLong, type TableEvent } from './row.ts';

/** JSON Lines: one object a line, split at LF only. A broken line is a problem, the rest goes on. */
export async function* readJsonl(
  file: DatasetFile,
  signal?: AbortSignal,
): AsyncGenerator<readonly TableEvent[]> {
  const rows = newNamedRows();
  let events: TableEvent[] = [];
  for await (const { line, bytes } of linesOf(file, signal)) {
    const raw = Buffer.from(bytes, 'latin1');
    if (!isUtf8(raw)) {
      events.push(problemAt(line, notText));
    } else {
      const text = raw.toString('utf8');
      if (text.trim() !== '') events.push(...rows.read(line, text, 'Write each row on one line.'));
    }
    if (events.length >= 100) {
      yield events;
      events = [];
    }
  }
  yield events;
}

interface Line {
  readonly line: number;
  /** One character per byte (latin1), so that a bad byte spoils its own line only. */
  readonly bytes: string;
}

async function* linesOf(file: DatasetFile, signal?: AbortSignal): AsyncGenerator<Line> {
  let line = 0;
  const numbered = (bytes: string): Line => ({ line: ++line, bytes });
  const lines = split2('\n', numbered, { decodeStrings: false, maxLength: rowLimit });
  const source = Readable.from(byteText(file, signal));
  source.on('error', error => lines.destroy(error));
  try {
    for await (const each of source.pipe(lines)) yield each as Line;
  } catch (error) {
    if (error instanceof Error && error.message === 'maximum buffer reached') {
      throw new DatasetError(file.name, line + 1, rowTooLong);
    }
    throw error;
  } finally {
    source.destroy();
  }
}

async function* byteText(file: DatasetFile, signal?: AbortSignal): AsyncGenerator<string> {
  if (file.encoding === 'utf-8') {
    for await (const bytes of bytesOf(file, signal)) yield bytes.toString('latin1');
  } else {
    for await (const text of textOf(file, signal)) {
      yield Buffer.from(text, 'utf8').toString('latin1');
    }
  }
}
