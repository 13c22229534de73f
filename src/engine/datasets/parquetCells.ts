import { isUtf8 } from 'node:buffer';
import type { ParquetParsers, SchemaElement, SchemaTree } from 'hyparquet';

/** A column of a Parquet file. */
export interface ParquetColumn {
  readonly name: string;
  /** The text of a value that is not null; undefined for bytes that are no text. */
  readonly textOf: (value: unknown) => string | undefined;
}

/** Parsers that lose nothing: bytes are checked, times keep their fractions, JSON stays as written. */
export const readParsers: Partial<ParquetParsers> = {
  stringFromBytes: textOrBytes,
  jsonFromBytes: textOrBytes,
  timestampFromMilliseconds: millis => isoTime(millis, 1000n, 3),
  timestampFromMicroseconds: micros => isoTime(micros, 1_000_000n, 6),
  timestampFromNanoseconds: nanos => isoTime(nanos, 1_000_000_000n, 9),
  dateFromDays: days => isoTime(BigInt(days) * 86_400n, 1n, 0).slice(0, 10),
  geometryFromBytes: bytes => bytes,
  geographyFromBytes: bytes => bytes,
};

/**
 * The top-level columns. hyparquet turns decimals into floating-point numbers (1.10 → 1.1); this
 * takes the mark off the schema's plain decimals, so that they come as whole numbers, and sets the
 * point itself.
 */
export function parquetColumns(root: SchemaTree): ParquetColumn[] {
  return root.children.map(({ element, children }) => {
    const { name, scale = 0 } = element;
    if (element.converted_type === 'DECIMAL' && children.length === 0) {
      delete element.converted_type;
      delete element.logical_type;
      return { name, textOf: value => decimalText(value, scale) };
    }
    return { name, textOf: value => textOf(value, element) };
  });
}

function textOf(value: unknown, { type }: SchemaElement): string | undefined {
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return isUtf8(value) ? asText(value) : undefined;
  if (typeof value === 'number') return type === 'FLOAT' ? singleText(value) : String(value);
  if (typeof value === 'object' && value !== null) return jsonText(value);
  return String(value);
}

function textOrBytes(bytes: Uint8Array | undefined): string | Uint8Array | undefined {
  return bytes && isUtf8(bytes) ? asText(bytes) : bytes;
}

function asText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

/** The shortest text that is the same number in 32 bits: 0.1, not 0.10000000149011612. */
function singleText(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === Math.fround(value)) return String(short);
  }
  return String(value);
}

/** A whole number of any width with its decimal point; bytes are big-endian two's complement. */
function decimalText(value: unknown, scale: number): string | undefined {
  const whole = value instanceof Uint8Array ? signed(value) : BigInt(value as number | bigint);
  const digits = String(whole < 0n ? -whole : whole).padStart(scale + 1, '0');
  const at = digits.length - scale;
  const text = scale > 0 ? `${digits.slice(0, at)}.${digits.slice(at)}` : digits;
  return whole < 0n ? `-${text}` : text;
}

function signed(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = value * 256n + BigInt(byte);
  return BigInt.asIntN(bytes.length * 8, value);
}

/** ISO 8601 in UTC, with as many digits behind the second as are not zero. */
function isoTime(ticks: bigint, perSecond: bigint, digits: number): string {
  const fraction = ((ticks % perSecond) + perSecond) % perSecond;
  const seconds = (ticks - fraction) / perSecond;
  const date = new Date(Number(seconds) * 1000);
  if (Number.isNaN(date.getTime())) throw new Error('a time is out of range');
  const part = digits === 0 ? '' : String(fraction).padStart(digits, '0').replace(/0+$/u, '');
  return `${date.toISOString().slice(0, -5)}${part === '' ? '' : `.${part}`}Z`;
}

function jsonText(value: unknown): string {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : `"${value}"`;
  if (value === null || value === undefined) return 'null';
  if (value instanceof Uint8Array) {
    if (!isUtf8(value)) throw new Error('a list or struct holds bytes that are no UTF-8 text');
    return JSON.stringify(asText(value));
  }
  if (ArrayBuffer.isView(value)) return jsonText(Array.from(value as unknown as Iterable<number>));
  if (Array.isArray(value)) return `[${value.map(jsonText).join(', ')}]`;
  const members = Object.entries(value as Record<string, unknown>).map(([name, each]) => {
    return `${JSON.stringify(name)}: ${jsonText(each)}`;
  });
  return `{${members.join(', ')}}`;
}
