import { open, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { DatasetError } from '../core/errors.ts';

/** How a dataset file is written. */
export type Format = 'csv' | 'tsv' | 'json' | 'jsonl';

/** How its bytes become text. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** A file that has been looked at and can be read. */
export interface DatasetFile {
  readonly path: string;
  /** Last part of the path, as errors name it. */
  readonly name: string;
  readonly format: Format;
  readonly encoding: Encoding;
  /** Bytes of the byte-order mark. */
  readonly skip: number;
}

const endings: ReadonlyMap<string, Format> = new Map([
  ['.csv', 'csv'],
  ['.tsv', 'tsv'],
  ['.tab', 'tsv'],
  ['.json', 'json'],
  ['.jsonl', 'jsonl'],
  ['.ndjson', 'jsonl'],
]);

/**
 * Looks at a file before it is read: what it is, how it is written. Throws `DatasetError` for what
 * is no dataset (folder, device, archive, web page, git-LFS pointer, empty file), by its name.
 */
export async function openDataset(path: string): Promise<DatasetFile> {
  const start = await firstBytes(path);
  const name = basename(path);
  const wrong = nameOfWrongKind(start);
  if (wrong) throw new DatasetError(name, undefined, wrong);
  const format = endings.get(extname(path).toLowerCase());
  if (!format) {
    throw new DatasetError(
      name,
      undefined,
      'this ending is not known. Save the rows as .csv, .tsv, .json or .jsonl.',
    );
  }
  const { encoding, skip } = encodingOf(start, name);
  const firstCharacter = new TextDecoder(encoding).decode(start.subarray(skip)).trimStart()[0];
  if (firstCharacter === undefined && start.length < sniffed) throw emptyFile(name);
  if ((format === 'csv' || format === 'tsv') && /^[[{]$/u.test(firstCharacter ?? '')) {
    const problem = 'this is JSON under another name. Save it as .json or .jsonl.';
    throw new DatasetError(name, undefined, problem);
  }
  // People often save a JSON array under .jsonl; the first character tells which it is.
  if (format === 'jsonl' && firstCharacter === '[') {
    return { path, name, format: 'json', encoding, skip };
  }
  return { path, name, format, encoding, skip };
}

const sniffed = 4096;

async function firstBytes(path: string): Promise<Buffer> {
  try {
    // A device or a pipe could keep a reader waiting for ever, so the kind is asked first.
    const kind = await stat(path);
    if (kind.isDirectory()) {
      throw new DatasetError(path, undefined, 'this is a folder. Choose a file in it.');
    }
    if (!kind.isFile()) {
      throw new DatasetError(path, undefined, 'this is not a regular file. Choose a file.');
    }
    const file = await open(path, 'r');
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(sniffed), 0, sniffed, 0);
      if (bytesRead === 0) throw emptyFile(basename(path));
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof DatasetError) throw error;
    throw new DatasetError(path, undefined, unreadable(error));
  }
}

function emptyFile(name: string): DatasetError {
  return new DatasetError(name, undefined, 'the file is empty. Choose a file with rows.');
}

function unreadable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file. Check the path.';
  if (code === 'EACCES' || code === 'EPERM') {
    return 'this file may not be read. Check its permissions.';
  }
  if (code === 'ELOOP') return 'this link leads back to itself. Choose the file itself.';
  return `this file cannot be read (${String(code ?? error)}). Choose another file.`;
}

/** What a file is that only looks like a dataset, and the remedy. */
function nameOfWrongKind(start: Buffer): string | undefined {
  const text = start.toString('latin1');
  if (text.startsWith('\x1f\x8b')) return 'this is a gzip archive. Unpack it first.';
  if (text.startsWith('PK\x03\x04')) {
    return 'this is a zip archive or an Excel workbook. Export the sheet as CSV.';
  }
  if (text.startsWith('PAR1')) return 'this is a Parquet file. Export it as CSV or JSONL.';
  if (text.startsWith('version https://git-lfs')) {
    return 'this is a git-LFS pointer, not the rows. Run "git lfs pull".';
  }
  if (/^(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml)/iu.test(text)) {
    return 'this is a web page, not rows. Download the file itself.';
  }
  return undefined;
}

function encodingOf(start: Buffer, name: string): { encoding: Encoding; skip: number } {
  if (starts(start, 0xef, 0xbb, 0xbf)) return { encoding: 'utf-8', skip: 3 };
  if (starts(start, 0xff, 0xfe, 0, 0) || starts(start, 0, 0, 0xfe, 0xff)) {
    throw unknownEncoding(name, 'it is UTF-32');
  }
  if (starts(start, 0xff, 0xfe)) return { encoding: 'utf-16le', skip: 2 };
  if (starts(start, 0xfe, 0xff)) return { encoding: 'utf-16be', skip: 2 };
  const zeros = [0, 0];
  start.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  });
  // A block of zeros in the middle is damage; zeros at every second byte are UTF-16.
  if (Math.max(...zeros) > start.length * 0.3 && Math.min(...zeros) < start.length * 0.05) {
    throw unknownEncoding(name, 'it looks like UTF-16 without a byte-order mark');
  }
  return { encoding: 'utf-8', skip: 0 };
}

function starts(bytes: Buffer, ...wanted: number[]): boolean {
  return bytes.length >= wanted.length && wanted.every((byte, at) => bytes[at] === byte);
}

function unknownEncoding(name: string, what: string): DatasetError {
  return new DatasetError(name, undefined, `the text encoding: ${what}. Save it as UTF-8.`);
}
