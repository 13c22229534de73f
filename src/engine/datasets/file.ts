import { lstat, open, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { DatasetError } from '../core/errors.ts';
import { encodingOf, type Encoding } from './encoding.ts';
import { kindOf } from './kind.ts';

/** How a dataset is written. `folder`: a folder of text files, one row each. */
export type Format = 'csv' | 'tsv' | 'json' | 'jsonl' | 'yaml' | 'parquet' | 'xlsx' | 'folder';

/** A file that has been looked at and can be read. */
export interface DatasetFile {
  readonly path: string;
  /** Last part of the path, as errors name it. */
  readonly name: string;
  readonly format: Format;
  readonly encoding: Encoding;
  /** Bytes of the byte-order mark. */
  readonly skip: number;
  /** Size in bytes; 0 for a folder. */
  readonly size: number;
}

const endings: ReadonlyMap<string, Format> = new Map([
  ['.csv', 'csv'],
  ['.tsv', 'tsv'],
  ['.tab', 'tsv'],
  ['.json', 'json'],
  ['.jsonl', 'jsonl'],
  ['.ndjson', 'jsonl'],
  ['.yaml', 'yaml'],
  ['.yml', 'yaml'],
  ['.parquet', 'parquet'],
  ['.xlsx', 'xlsx'],
]);

const sniffed = 4096;

/**
 * Looks at a file before it is read: what it is, by its content first, and how it is written.
 * Throws `DatasetError` for what is no dataset (device, archive, web page, git-LFS pointer, empty
 * file), by its name.
 */
export async function openDataset(path: string, encoding?: Encoding): Promise<DatasetFile> {
  const name = basename(path);
  const { start, size } = await firstBytes(path);
  if (start === undefined) {
    return { path, name, format: 'folder', encoding: encoding ?? 'utf-8', skip: 0, size };
  }
  const ending = endings.get(extname(path).toLowerCase());
  const kind = kindOf(start);
  if (kind.wrong !== undefined) throw new DatasetError(name, undefined, kind.wrong);
  if (kind.format) return { path, name, format: kind.format, encoding: 'utf-8', skip: 0, size };
  if (ending === 'parquet') throw new DatasetError(name, undefined, notParquet);
  if (ending === 'xlsx') throw new DatasetError(name, undefined, notWorkbook);
  if (!ending) throw new DatasetError(name, undefined, unknownEnding);
  return textFile({ path, name, format: ending, size }, start, encoding);
}

const notParquet =
  'this is not a Parquet file (it does not begin with the magic bytes PAR1). Download it again, or give it the ending of what it is.';
const notWorkbook = 'this is not an Excel workbook. Save it as .xlsx or export the sheet as CSV.';
const unknownEnding =
  'this ending is not known. Save the rows as .csv, .tsv, .json, .jsonl, .yaml, .parquet or .xlsx.';

function textFile(
  file: Pick<DatasetFile, 'path' | 'name' | 'format' | 'size'>,
  start: Buffer,
  chosen: Encoding | undefined,
): DatasetFile {
  const { name, format } = file;
  const found = encodingOf(start, name, chosen);
  const first = new TextDecoder(found.encoding).decode(start.subarray(found.skip)).trimStart()[0];
  if (first === undefined && start.length < sniffed) throw emptyFile(name);
  if ((format === 'csv' || format === 'tsv') && /^[[{]$/u.test(first ?? '')) {
    const problem = 'this is JSON under another name. Save it as .json or .jsonl.';
    throw new DatasetError(name, undefined, problem);
  }
  // People often save a JSON array under .jsonl; the first character tells which it is.
  return { ...file, ...found, format: format === 'jsonl' && first === '[' ? 'json' : format };
}

/** The size and first bytes of a file; a folder has none. */
async function firstBytes(path: string): Promise<{ start?: Buffer; size: number }> {
  try {
    // A device or a pipe could keep a reader waiting for ever, so the kind is asked first.
    const kind = await stat(path);
    if (kind.isDirectory()) return { size: 0 };
    if (!kind.isFile()) {
      throw new DatasetError(path, undefined, 'this is not a regular file. Choose a file.');
    }
    const file = await open(path, 'r');
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(sniffed), 0, sniffed, 0);
      if (bytesRead === 0) throw emptyFile(basename(path));
      return { start: buffer.subarray(0, bytesRead), size: kind.size };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof DatasetError) throw error;
    throw new DatasetError(path, undefined, await unreadable(error, path));
  }
}

function emptyFile(name: string): DatasetError {
  return new DatasetError(name, undefined, 'the file is empty. Choose a file with rows.');
}

async function unreadable(error: unknown, path: string): Promise<string> {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') {
    const link = await lstat(path).catch(() => undefined);
    if (link?.isSymbolicLink()) return 'this link leads to no file. Choose the file itself.';
    return 'there is no such file. Check the path.';
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return 'this file may not be read. Check its permissions.';
  }
  if (code === 'ELOOP') return 'this link leads back to itself. Choose the file itself.';
  return `this file cannot be read (${String(code ?? error)}). Choose another file.`;
}
