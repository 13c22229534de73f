import { DatasetError } from '../core/errors.ts';

/** How a file's bytes become text: a label of the Encoding Standard, such as `utf-8`. */
export type Encoding = string;

/** How the bytes of a file are written, as its first bytes or a person say. */
export interface EncodingFound {
  readonly encoding: Encoding;
  /** Bytes of the byte-order mark. */
  readonly skip: number;
}

/**
 * The encoding by the byte-order mark, or the person's choice; UTF-8 where nobody says otherwise,
 * because a guess would put wrong letters before a model. Throws `DatasetError` for UTF-32, for
 * UTF-16 without a mark, and for an encoding of which this program does not know the name.
 */
export function encodingOf(start: Buffer, name: string, chosen?: Encoding): EncodingFound {
  if (chosen !== undefined) {
    const encoding = knownEncoding(chosen, name);
    return { encoding, skip: markOf(start, encoding) };
  }
  if (starts(start, 0xff, 0xfe, 0, 0) || starts(start, 0, 0, 0xfe, 0xff)) {
    throw unknownEncoding(name, 'it is UTF-32');
  }
  for (const encoding of ['utf-8', 'utf-16le', 'utf-16be']) {
    const skip = markOf(start, encoding);
    if (skip > 0) return { encoding, skip };
  }
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

const marks: ReadonlyMap<Encoding, readonly number[]> = new Map([
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
]);

function markOf(start: Buffer, encoding: Encoding): number {
  const mark = marks.get(encoding);
  return mark && starts(start, ...mark) ? mark.length : 0;
}

function knownEncoding(chosen: Encoding, name: string): Encoding {
  try {
    return new TextDecoder(chosen, { fatal: true }).encoding;
  } catch {
    throw new DatasetError(
      name,
      undefined,
      `the encoding "${chosen}" is not known. Choose utf-8, utf-16le, windows-1252, shift_jis, gb18030 or another label of the Encoding Standard.`,
    );
  }
}

function starts(bytes: Buffer, ...wanted: readonly number[]): boolean {
  return bytes.length >= wanted.length && wanted.every((byte, at) => bytes[at] === byte);
}

function unknownEncoding(name: string, what: string): DatasetError {
  return new DatasetError(
    name,
    undefined,
    `the text encoding: ${what}. Save it as UTF-8, or choose the encoding.`,
  );
}
