import { randomBytes } from 'node:crypto';
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { AnswerCache, CachedAnswer } from '../core/answerCache.ts';
import { CancelledError } from '../core/errors.ts';
import type { OwnProcess } from '../core/owner.ts';
import { emptyIndex, hasGrown, lineAt, noteLine, readOn, type CachePlace } from './cacheIndex.ts';
import { answerLine, readAnswerLine, useLine } from './cacheLines.ts';
import { clearOut, isTooMuch, loadOf } from './cacheRoom.ts';
import { answersFolder, askingFolder, cacheIgnorePath } from './layout.ts';
import { insideRoot, writablePath } from './safePath.ts';
import { turnsIn } from './turns.ts';

/** How big the cache may be, the clock, in milliseconds since 1970, and who this process is. */
export interface AnswerCacheOptions {
  readonly mostBytes: number;
  now(): number;
  readonly process: OwnProcess;
}

/** What other processes have written is looked for so often at most, in milliseconds. */
const lookAgainMs = 1_000;
/** A use is written down so often at most: who used an answer an hour ago is no news. */
const useAgainMs = 60 * 60_000;

/** An answer that somebody else asks for is waited for so long at most, in milliseconds. */
const longestWaitMs = 120_000;

const { O_APPEND, O_CREAT, O_EXCL, O_WRONLY } = constants;

/**
 * The cache as files of lines below `root`. Every process appends to a file of its own, so that no
 * two writers meet, and reads those of all. Nothing is synced: what a power cut takes is asked for
 * again. A line that a kill cut short is none, and one that was changed fails its check. Where the
 * files come to more than `mostBytes`, what was used longest ago goes first.
 */
export function answerCache(
  root: string,
  { mostBytes, now, process }: AnswerCacheOptions,
): AnswerCache {
  const folder = insideRoot(root, answersFolder);
  const turns = turnsIn(insideRoot(root, askingFolder), process, now);
  const index = emptyIndex();
  let own = { segment: newSegment(), size: 0 };
  let lookedAt = -Infinity;
  let looking: Promise<void> | undefined;
  let clearing: Promise<void> | undefined;
  let made: Promise<void> | undefined;
  let writable: 'unknown' | 'yes' | 'no' = 'unknown';
  let waiting: string[] = [];
  let left = loadOf(index);
  let damaged = 0;

  function look(): Promise<void> {
    looking ??= (clearing ?? Promise.resolve())
      .then(() => readOn(folder, index))
      .catch(() => undefined)
      .then(() => {
        lookedAt = now();
        looking = undefined;
        keepInBounds();
      });
    return looking;
  }

  function write(line: string): void {
    if (writable === 'yes') put(line);
    if (writable !== 'unknown') return;
    waiting.push(line);
    void make();
  }

  function make(): Promise<void> {
    made ??= makeFolder(root).then(isThere => {
      writable = isThere ? 'yes' : 'no';
      for (const each of waiting) write(each);
      waiting = [];
    });
    return made;
  }

  // Synchronous, some microseconds: a run that sends thousands of requests waits for nothing here.
  function put(line: string): void {
    const bytes = Buffer.from(`${line}\n`);
    try {
      append(join(folder, own.segment), bytes, own.size === 0);
    } catch {
      // Full, or cleared away by another process: half a line must not meet the next one.
      own = { segment: newSegment(), size: 0 };
      return;
    }
    noteLine(index, bytes, { segment: own.segment, start: own.size, length: bytes.length - 1 });
    own.size += bytes.length;
    index.read.set(own.segment, own.size);
    keepInBounds();
  }

  function keepInBounds(): void {
    if (clearing || !isTooMuch(loadOf(index), left, mostBytes)) return;
    own = { segment: newSegment(), size: 0 };
    clearing = (looking ?? Promise.resolve())
      .then(() => clearOut(folder, index, mostBytes, newSegment()))
      .catch(() => undefined)
      .finally(() => {
        left = loadOf(index);
        clearing = undefined;
      });
  }

  async function placeOf(key: string): Promise<CachePlace | undefined> {
    if (lookedAt === -Infinity) await look();
    const place = index.places.get(key);
    if (place || now() - lookedAt < lookAgainMs) return place;
    await look();
    return index.places.get(key);
  }

  function take(key: string, place: CachePlace): CachedAnswer | 'gone' | undefined {
    const line = lineAt(folder, place);
    if (line === undefined) return 'gone';
    const found = readAnswerLine(key, line);
    if (!found) {
      index.places.delete(key);
      damaged += 1;
      return undefined;
    }
    if (now() - (index.usedAt.get(key) ?? 0) > useAgainMs) write(useLine(key, now()));
    return found;
  }

  async function find(key: string): Promise<CachedAnswer | undefined> {
    const place = await placeOf(key);
    const found = place && take(key, place);
    if (found !== 'gone') return found;
    // Another process, or this one, has just moved it.
    index.places.delete(key);
    await clearing;
    await look();
    const moved = index.places.get(key);
    const again = moved && take(key, moved);
    return again === 'gone' ? undefined : again;
  }

  /** What others have written until now, though it was looked for a moment ago. */
  async function findNews(key: string): Promise<CachedAnswer | undefined> {
    if (!hasGrown(folder, index, own.segment)) return undefined;
    await looking;
    await look();
    return find(key);
  }

  return {
    find,
    async findOrBegin(key, signal) {
      const giveUp = now() + longestWaitMs;
      for (let waitMs = 10; ; waitMs = Math.min(2 * waitMs, 500)) {
        const found = await find(key);
        if (found) return found;
        await make();
        const end = writable === 'yes' ? turns.take(key) : () => undefined;
        if (end) {
          // Who had the turn a moment ago has kept the answer since.
          const late = await findNews(key);
          if (late) end();
          return late ?? { end };
        }
        if (now() > giveUp) return { end: () => undefined };
        await delay(waitMs, undefined, { ...(signal ? { signal } : {}) }).catch(() => {
          throw new CancelledError();
        });
      }
    },
    keep: (key, answer) => write(answerLine(key, now(), answer)),
    damage() {
      const found = damaged + index.damagedLines;
      damaged = 0;
      index.damagedLines = 0;
      return found;
    },
    async settled() {
      await made;
      await looking;
      await clearing;
      turns.settle();
    },
  };
}

/** To a file that is there, or a new one; throws where it is the other way round. */
function append(path: string, bytes: Buffer, isNew: boolean): void {
  const file = openSync(path, O_WRONLY | O_APPEND | (isNew ? O_CREAT | O_EXCL : 0), 0o644);
  try {
    for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
  } finally {
    closeSync(file);
  }
}

function newSegment(): string {
  return `${randomBytes(12).toString('hex')}.jsonl`;
}

/** Makes the folder; the whole cache keeps itself out of git, also in a workspace of old. */
async function makeFolder(root: string): Promise<boolean> {
  try {
    const ignore = await writablePath(root, cacheIgnorePath);
    await writeFile(ignore, '*\n', { flag: 'wx' }).catch(() => undefined);
    await writablePath(root, `${answersFolder}/any`);
    await writablePath(root, `${askingFolder}/any`);
    return true;
  } catch {
    // A disk that is full or read-only takes nothing from the run but the saving of the next one.
    return false;
  }
}
