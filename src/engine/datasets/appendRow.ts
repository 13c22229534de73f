import { realpath, stat } from 'node:fs/promises';
import { DatasetError } from '../core/errors.ts';
import { csvTail } from './csvTail.ts';
import { openDataset, type DatasetFile } from './file.ts';
import { jsonTail } from './jsonTail.ts';
import { jsonlTail } from './jsonlTail.ts';
import { replaceTail } from './replaceTail.ts';

/** What was added, and where. */
export interface AppendedRow {
  /** Line in the file where the row begins, from 1. */
  readonly line: number;
  /** Columns for which the file has no place: a table with a header takes no new ones. */
  readonly leftOut: readonly string[];
}

/** Text for the end of a file, in place of what stands behind `keep` characters. */
export interface TextTail extends AppendedRow {
  /** Characters to keep; absent: all. */
  readonly keep?: string;
  readonly tail: string;
}

/**
 * Adds a row (column → text) to a CSV, TSV, JSON or JSON Lines file. Nothing else of the file
 * changes: delimiter, quoting, line ends, indentation and byte-order mark stay, a missing line end
 * is put before the row. Throws `DatasetError` where the row could not be read back (a quote that
 * never closes, an unknown shape), where no column fits, and for other formats.
 */
export async function appendRow(
  path: string,
  cells: Readonly<Record<string, string>>,
): Promise<AppendedRow> {
  const target = await realpath(path).catch(() => path);
  const file = await openDataset(target);
  const { mtimeMs } = await stat(target);
  const { line, leftOut, keep, tail } = await tailFor(file, cells);
  const keptBytes = keep === undefined ? file.size : file.skip + encoded(file, keep).length;
  await replaceTail(file, target, { keep: keptBytes, tail: encoded(file, tail) }, mtimeMs);
  return { line, leftOut };
}

async function tailFor(
  file: DatasetFile,
  cells: Readonly<Record<string, string>>,
): Promise<TextTail> {
  switch (file.format) {
    case 'csv':
    case 'tsv':
      return csvTail(file, cells);
    case 'jsonl':
      return jsonlTail(file, cells);
    case 'json':
      return jsonTail(file, cells);
    default: {
      const problem = 'a row can be added to a CSV, TSV, JSON or JSON Lines file, not to this one.';
      throw new DatasetError(file.name, undefined, problem);
    }
  }
}

function encoded(file: DatasetFile, text: string): Buffer {
  if (/\p{Surrogate}/u.test(text)) {
    const problem = 'the row holds half a character (a lone surrogate), which no file can hold.';
    throw new DatasetError(file.name, undefined, problem);
  }
  if (file.encoding === 'utf-8') return Buffer.from(text, 'utf8');
  if (file.encoding === 'utf-16le') return Buffer.from(text, 'utf16le');
  if (file.encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
  const problem = `a row cannot be written as ${file.encoding}. Save the file as UTF-8 first.`;
  throw new DatasetError(file.name, undefined, problem);
}
