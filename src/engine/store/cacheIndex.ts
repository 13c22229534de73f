import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { lstat, open, readdir, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { readHead } from './cacheLines.ts';

/** Where a line is. */
export interface CachePlace {
  readonly segment: string;
  /** First byte of the line, and its length without the line end. */
  readonly start: number;
  readonly length: number;
  /** When it was written, in milliseconds since 1970. */
  readonly at: number;
}

/** What the files of the cache hold, by the digest of the request. */
export interface CacheIndex {
  readonly places: Map<string, CachePlace>;
  /** When each was last kept or used, in milliseconds since 1970. */
  readonly usedAt: Map<string, number>;
  /** File → bytes that have been read of it. */
  readonly read: Map<string, number>;
  /** Lines that are none of ours. */
  damagedLines: number;
  /** When a file last came to the folder or left it, at the last reading. */
  changedMs: number | undefined;
}

/** Nothing has been read. */
export function emptyIndex(): CacheIndex {
  return {
    places: new Map(),
    usedAt: new Map(),
    read: new Map(),
    damagedLines: 0,
    changedMs: undefined,
  };
}

/** Puts other places into the index for what was in files that are gone. */
export function movedTo(
  index: CacheIndex,
  moved: ReadonlyMap<string, CachePlace>,
  gone: ReadonlySet<string>,
): void {
  for (const segment of gone) index.read.delete(segment);
  for (const [key, { segment }] of index.places) {
    if (!gone.has(segment)) continue;
    const place = moved.get(key);
    if (place) index.places.set(key, place);
    else index.places.delete(key);
  }
}

const tickMs = 100;
const piece = 1024 * 1024;
/** No answer is so long: of a line that goes on and on nothing is kept in memory. */
const longestLine = 16 * 1024 * 1024;
/** So many bytes of a line hold its head. */
const headBytes = 128;

/**
 * Reads what has come to the files of the folder since they were last read. A last line without its
 * end is being written, or was cut short by a kill: it is left alone.
 */
export async function readOn(folder: string, index: CacheIndex): Promise<void> {
  const changedMs = changedMsOf(folder) ?? 0;
  // A change in the same tick of the disk's clock would not show.
  const isSettled = Date.now() - changedMs > tickMs;
  const known = [...index.read.keys()];
  const names: string[] = await readdir(folder).catch(() => []);
  for (const gone of known.filter(name => !names.includes(name))) index.read.delete(gone);
  for (const segment of names.filter(name => /^[0-9a-f]+\.jsonl$/.test(name))) {
    const path = join(folder, segment);
    const found = await lstat(path).catch(() => undefined);
    if (!found?.isFile()) continue;
    const from = index.read.get(segment) ?? 0;
    // An empty one too: somebody is about to write to it.
    index.read.set(segment, from);
    if (found.size <= from) continue;
    const handle = await open(path, 'r').catch(() => undefined);
    if (!handle) continue;
    try {
      index.read.set(segment, await readLines(handle, from, segment, index));
    } finally {
      await handle.close();
    }
  }
  index.changedMs = isSettled ? changedMs : undefined;
}

/** Whether others may have written since the folder was last read. */
export function hasGrown(folder: string, index: CacheIndex, ownSegment: string): boolean {
  if (changedMsOf(folder) !== index.changedMs) return true;
  return [...index.read].some(
    ([segment, read]) =>
      segment !== ownSegment &&
      (statSync(join(folder, segment), { throwIfNoEntry: false })?.size ?? read) > read,
  );
}

function changedMsOf(folder: string): number | undefined {
  return statSync(folder, { throwIfNoEntry: false })?.mtimeMs;
}

/** Puts down what a line says and where it is. */
export function noteLine(index: CacheIndex, bytes: Buffer, place: Omit<CachePlace, 'at'>): void {
  const found = readHead(bytes.toString('latin1', 0, Math.min(headBytes, bytes.length)));
  if (!found) {
    index.damagedLines += 1;
    return;
  }
  const { key, at, isUse } = found;
  // Of two, the one that was asked for because the other was broken.
  const isNewest = at >= (index.places.get(key)?.at ?? 0);
  if (!isUse && isNewest) index.places.set(key, { ...place, at });
  index.usedAt.set(key, Math.max(at, index.usedAt.get(key) ?? 0));
}

/** The line at a place; undefined where it is not there any more. */
export function lineAt(folder: string, { segment, start, length }: CachePlace): string | undefined {
  let file: number;
  try {
    file = openSync(join(folder, segment), 'r');
  } catch {
    return undefined;
  }
  try {
    const bytes = Buffer.alloc(length);
    return readSync(file, bytes, 0, length, start) === length ? bytes.toString() : undefined;
  } catch {
    return undefined;
  } finally {
    closeSync(file);
  }
}

/** Answers where the last whole line ends. */
async function readLines(
  handle: FileHandle,
  from: number,
  segment: string,
  index: CacheIndex,
): Promise<number> {
  let lineStart = from;
  let rest: Buffer = Buffer.alloc(0);
  const buffer = Buffer.alloc(piece);
  for (let position = from; ;) {
    const { bytesRead } = await handle.read(buffer, 0, piece, position);
    if (bytesRead === 0) return lineStart;
    position += bytesRead;
    const bytes = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
    let start = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
      const next = position - bytes.length + end + 1;
      const length = next - 1 - lineStart;
      noteLine(index, bytes.subarray(start, end), { segment, start: lineStart, length });
      start = end + 1;
      lineStart = next;
    }
    rest = bytes.subarray(start);
    if (rest.length > longestLine) rest = Buffer.alloc(0);
  }
}
