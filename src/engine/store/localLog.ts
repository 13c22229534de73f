import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { LogFile } from '../core/files.ts';
import { syncFolder } from './syncFolder.ts';

const { O_APPEND, O_CREAT, O_RDWR } = constants;
// Windows has no such flag; there the path has been checked just before.
const noFollow = process.platform === 'win32' ? 0 : constants.O_NOFOLLOW;

interface Waiting {
  readonly line: string;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Opens a file that only grows. What stands behind the last line end is a write that a crash cut
 * short: it moves to `<name>.damaged`. One process at a time may hold a log.
 */
export async function openLocalLog(
  path: string,
  asStoreError: (error: unknown) => Error,
): Promise<LogFile> {
  const handle = await open(path, O_RDWR | O_CREAT | O_APPEND | noFollow, 0o644);
  try {
    const size = await cutTornLine(handle, path);
    await syncFolder(dirname(path));
    return groupCommit(handle, size, asStoreError);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** The longest that a patient line waits for others to share a write with. */
const patienceMs = 50;

/** Lines that arrive while one write is under way share the next write and its sync. */
function groupCommit(
  handle: FileHandle,
  sizeAtOpen: number,
  asStoreError: (error: unknown) => Error,
): LogFile {
  let size = sizeAtOpen;
  let waiting: Waiting[] = [];
  let writing: Promise<void> | undefined;
  let awaited = false;
  let later: NodeJS.Timeout | undefined;

  async function commit(lines: readonly Waiting[]): Promise<void> {
    const bytes = Buffer.from(lines.map(each => `${each.line}\n`).join(''), 'utf8');
    try {
      await handle.writeFile(bytes);
      await handle.datasync();
      size += bytes.length;
      for (const each of lines) each.resolve();
    } catch (error) {
      // Half a line in the middle would spoil the next one as well.
      await handle.truncate(size).catch(() => {});
      for (const each of lines) each.reject(asStoreError(error));
    }
  }

  async function drain(): Promise<void> {
    await Promise.resolve();
    while (awaited) {
      awaited = false;
      const lines = waiting;
      waiting = [];
      await commit(lines);
    }
    writing = undefined;
    if (waiting.length > 0) later ??= setTimeout(begin, patienceMs);
  }

  function begin(): void {
    clearTimeout(later);
    later = undefined;
    awaited = true;
    writing ??= drain();
  }

  return {
    append: (line, { patient = false } = {}) =>
      new Promise((resolve, reject) => {
        if (/[\r\n]/.test(line)) {
          reject(new Error('A log line may not hold a line end.'));
          return;
        }
        waiting.push({ line, resolve, reject });
        if (!patient) begin();
        else if (!writing) later ??= setTimeout(begin, patienceMs);
      }),
    close: async () => {
      if (waiting.length > 0) begin();
      await writing;
      await handle.close();
    },
  };
}

/** Answers the size of the file up to and with its last line end, after cutting the rest off. */
async function cutTornLine(handle: FileHandle, path: string): Promise<number> {
  const { size } = await handle.stat();
  const end = await endOfLastLine(handle, size);
  if (end === size) return size;
  const torn = Buffer.alloc(size - end);
  await handle.read(torn, 0, torn.length, end);
  await keepAside(`${path}.damaged`, torn);
  await handle.truncate(end);
  await handle.sync();
  return end;
}

async function keepAside(path: string, torn: Buffer): Promise<void> {
  const aside = await open(path, O_RDWR | O_CREAT | O_APPEND | noFollow, 0o644);
  try {
    await aside.writeFile(Buffer.concat([torn, Buffer.from('\n')]));
    await aside.sync();
  } finally {
    await aside.close();
  }
}

async function endOfLastLine(handle: FileHandle, size: number): Promise<number> {
  const block = Buffer.alloc(64 * 1024);
  for (let end = size; end > 0;) {
    const start = Math.max(0, end - block.length);
    const { bytesRead } = await handle.read(block, 0, end - start, start);
    const found = block.subarray(0, bytesRead).lastIndexOf(0x0a);
    if (found >= 0) return start + found + 1;
    end = start;
  }
  return 0;
}
