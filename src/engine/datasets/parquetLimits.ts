import type { Compressors, FileMetaData } from 'hyparquet';
import { compressors, decompressZstd } from 'hyparquet-compressors';

/** Bytes that one page, and all pages of one reading, may unpack to. */
const pageLimit = 64_000_000;
const readingLimit = 256_000_000;

/** What may still be unpacked before a reading is refused. */
export interface Allowance {
  /** Before each reading. */
  renew(): void;
  /** Throws where the page is too large, or all pages together are. */
  take(bytes: number): void;
}

export function newAllowance(): Allowance {
  let left = readingLimit;
  return {
    renew() {
      left = readingLimit;
    },
    take(bytes) {
      left -= bytes;
      if (bytes > pageLimit || left < 0) {
        throw new Error(`it unpacks to more than ${pageLimit / 1e6} MB a page`);
      }
    },
  };
}

/**
 * The decompressors, each asked only for what is allowed: a page of a few kilobytes can claim to
 * hold gigabytes.
 */
export function boundedCompressors(allowance: Allowance): Compressors {
  const own: Compressors = {
    ...compressors,
    ZSTD: (input, length) => decompressZstd(input, new Uint8Array(length)),
  };
  return Object.fromEntries(
    Object.entries(own).map(([codec, unpack]) => [
      codec,
      (input: Uint8Array, length: number) => {
        allowance.take(length);
        return unpack(input, length);
      },
    ]),
  );
}

/** What is impossible in the footer: more bytes than the file has, more rows than values. */
export function wrongSizes(metadata: FileMetaData, size: number): string | undefined {
  let rows = 0n;
  for (const group of metadata.row_groups) {
    if (group.num_rows < 0n) return 'a row group has a negative number of rows';
    rows += group.num_rows;
    for (const { meta_data: column } of group.columns) {
      if (!column) return 'a column has no description; it may be encrypted';
      const packed = Number(column.total_compressed_size);
      if (packed < 0 || packed > size) return 'a column is larger than the file';
      if (column.num_values < group.num_rows) return 'a column has fewer values than rows';
    }
  }
  // Some writers leave the total at 0; the row groups are what is read.
  if (metadata.num_rows > rows) {
    return `its row groups hold ${rows} rows where ${metadata.num_rows} are promised`;
  }
  return undefined;
}
