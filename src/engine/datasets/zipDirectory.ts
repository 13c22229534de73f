/** Bytes that a workbook may unpack to, and parts that it may have. */
const unpackedLimit = 200_000_000;
const partsLimit = 10_000;

const endMark = 0x06054b50;
const entryMark = 0x02014b50;

/**
 * What is wrong with a zip archive as a workbook, by its central directory (APPNOTE.TXT 4.3.12):
 * no directory, too much to unpack, or no workbook in it. Looked at before anything is unpacked.
 */
export function wrongArchive(bytes: Buffer): string | undefined {
  const end = endOfDirectory(bytes);
  if (end < 0) return 'its directory is missing, so it may be cut';
  const parts = bytes.readUInt16LE(end + 10);
  if (parts > partsLimit) return `it has more than ${partsLimit} parts`;
  let at = bytes.readUInt32LE(end + 16);
  let unpacked = 0;
  let holdsWorkbook = false;
  for (let part = 0; part < parts; part++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== entryMark) {
      return 'its directory is broken';
    }
    unpacked += bytes.readUInt32LE(at + 24);
    if (unpacked > unpackedLimit) return `it unpacks to more than ${unpackedLimit / 1e6} MB`;
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    if (name === 'xl/workbook.xml') holdsWorkbook = true;
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return holdsWorkbook ? undefined : 'it holds no workbook';
}

/** The end record is 22 bytes long and may be followed by a comment of up to 65,535. */
function endOfDirectory(bytes: Buffer): number {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 22 - 65_535); at--) {
    if (bytes.readUInt32LE(at) === endMark) return at;
  }
  return -1;
}
