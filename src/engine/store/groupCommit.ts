import { ftruncateSync, writeSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import type { LogFile } from '../core/files.ts';

interface Line {
  readonly bytes: Buffer;
  /** Absent where nobody waits for the disk. */
  readonly waiter?: { readonly resolve: () => void; readonly reject: (error: unknown) => void };
}

/** More than this is synced though nobody waits, so that it need not be kept in memory. */
const mostUnsyncedBytes = 1024 * 1024;

/**
 * Every line goes to the operating system at once, which a kill of this process cannot undo. Lines
 * that arrive while one sync is under way share the next. Closes the handle with the log.
 */
export function groupCommit(
  handle: Pick<FileHandle, 'fd' | 'datasync' | 'close'>,
  sizeAtOpen: number,
  asStoreError: (error: unknown) => Error,
): LogFile {
  let synced = sizeAtOpen;
  let size = sizeAtOpen;
  let waiting = 0;
  let unsynced: Line[] = [];
  let syncing: Promise<void> | undefined;

  // Synchronous, some microseconds each: lines cannot mix, and a request waits for no turn of the
  // event loop before it may be sent.
  function put(line: Line): void {
    try {
      for (let done = 0; done < line.bytes.length;) {
        done += writeSync(handle.fd, line.bytes, done);
      }
      size += line.bytes.length;
      unsynced.push(line);
      if (line.waiter) waiting += 1;
      if (waiting > 0 || size - synced > mostUnsyncedBytes) syncing ??= syncAll();
    } catch (error) {
      // Half a line in the middle would spoil the next one as well.
      cutBackTo(size);
      throw asStoreError(error);
    }
  }

  function cutBackTo(end: number): void {
    try {
      ftruncateSync(handle.fd, end);
    } catch {
      // The half line stays, and readers report it as damaged.
    }
  }

  async function syncAll(): Promise<void> {
    // Lines of the same turn of the event loop share this sync.
    await new Promise(resolve => setImmediate(resolve));
    do {
      const [lines, end] = [unsynced, size];
      unsynced = [];
      waiting = 0;
      try {
        await handle.datasync();
        synced = end;
        for (const { waiter } of lines) waiter?.resolve();
      } catch (error) {
        giveBack(lines, asStoreError(error));
      }
    } while (waiting > 0);
    syncing = undefined;
  }

  /** Whoever waits for a line may write it again, so the file must not hold it already. */
  function giveBack(lines: readonly Line[], error: Error): void {
    const others = [...lines.filter(line => !line.waiter), ...unsynced];
    unsynced = [];
    waiting = 0;
    size = synced;
    cutBackTo(synced);
    for (const { waiter } of lines) waiter?.reject(error);
    for (const line of others) {
      try {
        put(line);
      } catch (again) {
        line.waiter?.reject(again);
      }
    }
  }

  return {
    write: line => put({ bytes: lineOf(line) }),
    append: async line => {
      const bytes = lineOf(line);
      await new Promise<void>((resolve, reject) => put({ bytes, waiter: { resolve, reject } }));
    },
    close: async () => {
      await syncing;
      try {
        if (unsynced.length > 0) await handle.datasync();
      } catch (error) {
        throw asStoreError(error);
      } finally {
        await handle.close();
      }
    },
  };
}

function lineOf(text: string): Buffer {
  if (/[\r\n]/.test(text)) throw new Error('A log line may not hold a line end.');
  return Buffer.from(`${text}\n`, 'utf8');
}
