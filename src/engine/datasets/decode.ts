import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { CancelledError, DatasetError } from '../core/errors.ts';
import type { DatasetFile } from './file.ts';

/**
 * The text of a file in pieces, without its byte-order mark. Decoding is strict: a byte that is no
 * text ends it with a `DatasetError` that names the line, and no U+FFFD reaches a model.
 */
export async function* textOf(file: DatasetFile, signal?: AbortSignal): AsyncGenerator<string> {
  const decoder = new TextDecoder(file.encoding, { fatal: true, ignoreBOM: true });
  try {
    for await (const bytes of bytesOf(file, signal)) {
      yield decoder.decode(bytes, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw await undecodable(file);
    throw error;
  }
}

// Small pieces keep few rows in the air: rows that outlive a piece grow the heap that node keeps.
const pieceSize = 16_384;

/** The bytes behind the byte-order mark, as they are. */
export async function* bytesOf(file: DatasetFile, signal?: AbortSignal): AsyncGenerator<Buffer> {
  if (signal?.aborted) throw new CancelledError();
  const stream = createReadStream(file.path, { start: file.skip, highWaterMark: pieceSize });
  try {
    for await (const chunk of stream) {
      if (signal?.aborted) throw new CancelledError();
      yield chunk as Buffer;
    }
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    const reason = `the file could not be read to its end (${error.message}). Try again.`;
    throw new DatasetError(file.name, undefined, reason, 'retry');
  } finally {
    stream.destroy();
  }
}

/** What to say of bytes that are no text. */
export const notText =
  'these bytes are not UTF-8 text. Save the file as UTF-8 (in Excel: "CSV UTF-8").';

async function undecodable(file: DatasetFile): Promise<DatasetError> {
  if (file.encoding !== 'utf-8') {
    const problem = 'the text is not whole UTF-16. The file may be cut; save it as UTF-8.';
    return new DatasetError(file.name, undefined, problem);
  }
  return new DatasetError(file.name, await lineOfBadByte(file), notText);
}

/** Reads once more, a line at a time: this happens once, just before an error. */
async function lineOfBadByte(file: DatasetFile): Promise<number> {
  let line = 1;
  let rest: Buffer[] = [];
  for await (const chunk of bytesOf(file)) {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      rest.push(chunk.subarray(start, end));
      if (!isUtf8(Buffer.concat(rest))) return line;
      rest = [];
      line++;
      start = end + 1;
    }
    rest.push(chunk.subarray(start));
  }
  return line;
}
