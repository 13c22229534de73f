import { isUtf8 } from 'node:buffer';
import { open, type FileHandle } from 'node:fs/promises';
import { CancelledError, DatasetError } from '../core/errors.ts';
import type { DatasetFile } from './file.ts';

/**
 * The text of a file in pieces, without its byte-order mark. Decoding is strict: a byte that is no
 * text ends it with a `DatasetError` that names the line, and no U+FFFD reaches a model.
 */
export async function* textOf(file: DatasetFile, signal?: AbortSignal): AsyncGenerator<string> {
  const decode = file.encoding === 'utf-8' ? newUtf8Decoder() : newDecoder(file.encoding);
  try {
    for await (const bytes of bytesOf(file, signal)) yield decode(bytes);
    yield decode(undefined);
  } catch (error) {
    if (error instanceof TypeError) throw await undecodable(file);
    throw error;
  }
}

/** The whole text of a file. Throws `DatasetError` where it is larger than `limit` bytes. */
export async function wholeTextOf(
  file: DatasetFile,
  limit: number,
  signal?: AbortSignal,
): Promise<string> {
  const pieces: string[] = [];
  let length = 0;
  for await (const piece of textOf(file, signal)) {
    pieces.push(piece);
    length += piece.length;
    if (length > limit) {
      const problem = `this form is read as a whole, and only up to ${limit / 1e6} MB. Save the rows as JSON Lines or CSV.`;
      throw new DatasetError(file.name, undefined, problem);
    }
  }
  return pieces.join('');
}

/** Bytes → text, piece by piece; `undefined` ends it. Throws `TypeError` where they are no text. */
type Decode = (bytes: Buffer | undefined) => string;

function newDecoder(encoding: string): Decode {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  return bytes => (bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode());
}

/** As `TextDecoder`, but several times faster: whole characters are checked and read at once. */
function newUtf8Decoder(): Decode {
  let rest = Buffer.alloc(0);
  return bytes => {
    const joined = bytes && rest.length > 0 ? Buffer.concat([rest, bytes]) : (bytes ?? rest);
    const end = bytes ? joined.length - cutCharacter(joined) : joined.length;
    const whole = joined.subarray(0, end);
    if (!isUtf8(whole)) throw new TypeError('not UTF-8');
    rest = Buffer.from(joined.subarray(end));
    return whole.toString('utf8');
  };
}

/** Bytes at the end that begin a character without ending it: 0 to 3. */
function cutCharacter(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}

// Small pieces keep few rows in the air: rows that outlive a piece grow the heap that node keeps.
// One read brings several, because each read waits for the disk and the event loop.
const pieceSize = 16_384;
const readSize = 8 * pieceSize;

/**
 * The bytes behind the byte-order mark, as they are. A piece is good until the next one is asked
 * for: all share one buffer.
 */
export async function* bytesOf(file: DatasetFile, signal?: AbortSignal): AsyncGenerator<Buffer> {
  if (signal?.aborted) throw new CancelledError();
  const buffer = Buffer.alloc(readSize);
  let handle: FileHandle | undefined;
  try {
    handle = await open(file.path, 'r');
    for (let place = file.skip; ; place += readSize) {
      const length = await filled(handle, buffer, place);
      for (let at = 0; at < length; at += pieceSize) {
        if (signal?.aborted) throw new CancelledError();
        yield buffer.subarray(at, Math.min(at + pieceSize, length));
      }
      if (length < readSize) return;
    }
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    const reason = `the file could not be read to its end (${error.message}). Try again.`;
    throw new DatasetError(file.name, undefined, reason, 'retry');
  } finally {
    await handle?.close();
  }
}

/** Fills the buffer from this place of the file, as far as there are bytes. */
async function filled(handle: FileHandle, buffer: Buffer, place: number): Promise<number> {
  let length = 0;
  while (length < buffer.length) {
    const rest = buffer.length - length;
    const { bytesRead } = await handle.read(buffer, length, rest, place + length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return length;
}

/** What to say of bytes that are no text. */
export const notText =
  'these bytes are not UTF-8 text. Save the file as UTF-8 (in Excel: "CSV UTF-8"), or choose its encoding.';

async function undecodable(file: DatasetFile): Promise<DatasetError> {
  if (file.encoding !== 'utf-8') {
    const problem = `the text is not whole ${file.encoding.toUpperCase()}. The file may be cut or of another encoding; save it as UTF-8.`;
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
    rest.push(Buffer.from(chunk.subarray(start)));
  }
  return line;
}
