import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { LogFile } from '../core/files.ts';
import { groupCommit } from './groupCommit.ts';
import { syncFolder } from './syncFolder.ts';

const { O_APPEND, O_CREAT, O_RDWR } = constants;
// Windows has no such flag; there the path has been checked just before.
const noFollow = process.platform === 'win32' ? 0 : constants.O_NOFOLLOW;

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
