import { crc32 } from 'node:zlib';
import type { AsyncBuffer, RowGroup } from 'hyparquet';

/** Larger column chunks are read unchecked: they would have to be in memory twice. */
const largestChecked = 64_000_000;

/**
 * Throws where the bytes of a page are not those of which its writer took the checksum: hyparquet
 * would read wrong values without a word. Pages without a checksum, which most writers leave out,
 * are passed over.
 */
export async function checkPages(group: RowGroup, file: AsyncBuffer): Promise<void> {
  for (const { meta_data: column } of group.columns) {
    if (!column) continue;
    const length = Number(column.total_compressed_size);
    const place = Number(column.dictionary_page_offset ?? 0n) || Number(column.data_page_offset);
    if (length > largestChecked || place + length > file.byteLength) continue;
    const start = Math.min(place, Number(column.data_page_offset));
    const bytes = new Uint8Array(await file.slice(start, start + length));
    if (hasWrongPage(bytes)) throw new Error('the checksum of a page is wrong');
  }
}

function hasWrongPage(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length;) {
    const header = pageHeader(bytes, at);
    if (header?.checksum === undefined) return false;
    const page = bytes.subarray(header.end, header.end + header.size);
    if ((crc32(page) | 0) !== header.checksum) return true;
    at = header.end + header.size;
  }
  return false;
}

interface PageHeader {
  /** Bytes of the page behind its header. */
  readonly size: number;
  /** Signed 32 bits. */
  readonly checksum: number | undefined;
  readonly end: number;
}

/** The fields of a page header that are needed, by Thrift's compact protocol (parquet.thrift). */
function pageHeader(bytes: Uint8Array, start: number): PageHeader | undefined {
  const fields = new Map<number, number>();
  try {
    const end = newReader(bytes, start).struct(0, (field, value) => fields.set(field, value));
    const size = fields.get(3);
    return size === undefined || size < 0 ? undefined : { size, checksum: fields.get(4), end };
  } catch {
    // What is no header is for the reader of the values to complain about.
    return undefined;
  }
}

const deepest = 20;

function newReader(bytes: Uint8Array, start: number) {
  let at = start;

  function byte(): number {
    const value = bytes[at++];
    if (value === undefined) throw new RangeError('the header ends too early');
    return value;
  }

  function varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const part = byte();
      value |= BigInt(part & 0x7f) << shift;
      if (part < 0x80) return value;
    }
    throw new RangeError('a number has no end');
  }

  function zigzag(): number {
    const value = varint();
    return Number((value >> 1n) ^ -(value & 1n));
  }

  /** Passes over a value of this type; answers it where it is a whole number. */
  function value(type: number, depth: number): number | undefined {
    if (type >= 4 && type <= 6) return zigzag();
    if (type === 3) at += 1;
    else if (type === 7) at += 8;
    else if (type === 8) at += Number(varint());
    else if (type === 12) struct(depth + 1, () => undefined);
    else if (type === 9 || type === 10) {
      const head = byte();
      const count = head >> 4 === 15 ? Number(varint()) : head >> 4;
      // In a list a truth value takes a byte; as a field it stands in the field's own head.
      const element = (head & 15) <= 2 ? 3 : head & 15;
      for (let each = 0; each < count; each++) value(element, depth + 1);
    } else if (type > 2) throw new RangeError('an unknown type');
    if (at > bytes.length) throw new RangeError('a value ends behind the header');
    return undefined;
  }

  /** Reads a struct to its end and answers the place behind it. */
  function struct(depth: number, found: (field: number, value: number) => void): number {
    if (depth > deepest) throw new RangeError('too deep');
    let field = 0;
    for (let head = byte(); head !== 0; head = byte()) {
      field = head >> 4 === 0 ? zigzag() : field + (head >> 4);
      const number = value(head & 15, depth);
      if (number !== undefined) found(field, number);
    }
    return at;
  }

  return { struct };
}
