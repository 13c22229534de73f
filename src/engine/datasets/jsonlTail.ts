import type { TextTail } from './appendRow.ts';
import { textOf } from './decode.ts';
import type { DatasetFile } from './file.ts';

/** The text that adds a row to a JSON Lines file. */
export async function jsonlTail(
  file: DatasetFile,
  cells: Readonly<Record<string, string>>,
): Promise<TextTail> {
  let lineEnd: string | undefined;
  let lines = 0;
  let last = '';
  for await (const piece of textOf(file)) {
    if (piece === '') continue;
    lineEnd ??= /\r?\n/u.exec(last + piece)?.[0];
    lines += piece.split('\n').length - 1;
    last = piece.slice(-1);
  }
  lineEnd ??= '\n';
  const endsWithLine = last === '\n';
  const row = JSON.stringify(cells);
  const tail = endsWithLine ? `${row}${lineEnd}` : `${lineEnd}${row}`;
  return { tail, line: lines + (endsWithLine ? 1 : 2), leftOut: [] };
}
