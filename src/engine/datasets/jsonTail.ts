import { DatasetError } from '../core/errors.ts';
import type { TextTail } from './appendRow.ts';
import { wholeTextOf } from './decode.ts';
import type { DatasetFile } from './file.ts';
import { newElementCutter, type JsonElement } from './jsonElements.ts';
import { wholeFileLimit } from './row.ts';

/** The text that adds a row to a JSON list, indented as the row before it. */
export async function jsonTail(
  file: DatasetFile,
  cells: Readonly<Record<string, string>>,
): Promise<TextTail> {
  const text = await wholeTextOf(file, wholeFileLimit);
  const cutter = newElementCutter(file.name);
  let last: JsonElement | undefined;
  for (const element of cutter.cut(text)) last = element;
  if (cutter.holdsNoRows()) {
    const problem = 'its rows are no list of objects, so that a row cannot be added to it.';
    throw new DatasetError(file.name, 1, problem);
  }
  cutter.end();
  const end = cutter.listEnd();
  const lastEnd = last ? text.lastIndexOf(last.text, end) + last.text.length : end;
  const keep = text.slice(0, lastEnd);
  const gap = last ? gapBefore(text, lastEnd - last.text.length) : '';
  const row = rowText(cells, last?.text ?? '', gap);
  const inserted = last ? `,${gap}${row}` : row;
  const line = (keep.match(/\n/gu)?.length ?? 0) + (gap.match(/\n/gu)?.length ?? 0) + 1;
  return { keep, tail: `${inserted}${text.slice(lastEnd)}`, line, leftOut: [] };
}

/** Line end and indentation, or the space, before a row. */
function gapBefore(text: string, start: number): string {
  let at = start;
  while (at > 0 && /\s/u.test(text[at - 1] ?? '')) at--;
  return text.slice(at, start);
}

/** JSON in the hand of the row before: on lines of its own, with or without spaces. */
function rowText(cells: Readonly<Record<string, string>>, like: string, gap: string): string {
  const indent = /\{(\r?\n)([ \t]*)/u.exec(like);
  if (indent) {
    const [, lineEnd = '\n', inner = ''] = indent;
    const outer = gap.slice(gap.lastIndexOf('\n') + 1);
    const members = membersOf(cells, ': ').map(member => `${lineEnd}${inner}${member}`);
    return `{${members.join(',')}${lineEnd}${outer}}`;
  }
  const spaced = like === '' || /":\s/u.test(like);
  return `{${membersOf(cells, spaced ? ': ' : ':').join(spaced ? ', ' : ',')}}`;
}

function membersOf(cells: Readonly<Record<string, string>>, colon: string): string[] {
  return Object.entries(cells).map(([name, cell]) => {
    return `${JSON.stringify(name)}${colon}${JSON.stringify(cell)}`;
  });
}
