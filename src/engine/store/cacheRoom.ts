import { lstat, open, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { lineAt, movedTo, type CacheIndex, type CachePlace } from './cacheIndex.ts';
import { readAnswerLine, useLine } from './cacheLines.ts';

/** After a clearing so much is in use, so that the next one is not due with the next answer. */
const keptShare = 0.8;
/** More files than these are put together. */
const mostSegments = 32;
/** Lines that are copied before others have their turn. */
const atOnce = 200;

/** How much the cache holds. */
export interface CacheLoad {
  readonly bytes: number;
  readonly segments: number;
}

/** What the files come to, as far as they have been read. */
export function loadOf({ read }: CacheIndex): CacheLoad {
  let bytes = 0;
  for (const each of read.values()) bytes += each;
  return { bytes, segments: read.size };
}

/** Whether it is too big, or in too many pieces; `left` is what the last clearing had to leave. */
export function isTooMuch(load: CacheLoad, left: CacheLoad, mostBytes: number): boolean {
  return (
    load.bytes > Math.max(mostBytes, left.bytes + mostBytes / 10) ||
    load.segments > mostSegments + left.segments
  );
}

/**
 * Writes the answers that were used last into one new file, as many as fit, and removes the files
 * that hold them now. One that has grown meanwhile belongs to a process at work: it stays until the
 * next clearing. The index goes along; what comes while this works is left in its place.
 */
export async function clearOut(
  folder: string,
  index: CacheIndex,
  mostBytes: number,
  segment: string,
): Promise<void> {
  const files = [...index.read];
  const kept = lastUsed(index, mostBytes * keptShare);
  const moved = new Map<string, CachePlace>();
  const temporary = join(folder, `${segment}.tmp`);
  const handle = await open(temporary, 'wx', 0o644);
  let size = 0;
  try {
    for (let from = 0; from < kept.length; from += atOnce) {
      const lines: string[] = [];
      for (const { key, usedAt, ...place } of kept.slice(from, from + atOnce)) {
        const line = lineAt(folder, place);
        if (line === undefined || !readAnswerLine(key, line)) continue;
        moved.set(key, { ...place, segment, start: size });
        const use = useLine(key, usedAt);
        size += place.length + use.length + 2;
        lines.push(line, '\n', use, '\n');
      }
      await handle.writeFile(lines.join(''));
      await setImmediate();
    }
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  } finally {
    await handle.close();
  }
  await rename(temporary, join(folder, segment));
  index.read.set(segment, size);
  movedTo(index, moved, await removed(folder, files));
}

async function removed(
  folder: string,
  files: readonly (readonly [segment: string, bytes: number])[],
): Promise<Set<string>> {
  const gone = new Set<string>();
  for (const [segment, bytes] of files) {
    const path = join(folder, segment);
    const found = await lstat(path).catch(() => undefined);
    if (found && found.size > bytes) continue;
    if (found) await unlink(path).catch(() => undefined);
    gone.add(segment);
  }
  return gone;
}

type KeptLine = CachePlace & { readonly key: string; readonly usedAt: number };

/** Room for the line that says when an answer was used. */
const useBytes = 128;

/** As many as fit, in the order of the files. */
function lastUsed({ places, usedAt }: CacheIndex, mostBytes: number): KeptLine[] {
  const all = [...places].map(([key, place]) => ({
    key,
    ...place,
    usedAt: usedAt.get(key) ?? 0,
  }));
  all.sort((left, right) => right.usedAt - left.usedAt);
  let sum = 0;
  const kept = all.filter(({ length }) => (sum += length + useBytes) <= mostBytes);
  return kept.sort((left, right) =>
    left.segment === right.segment
      ? left.start - right.start
      : left.segment < right.segment
        ? -1
        : 1,
  );
}
