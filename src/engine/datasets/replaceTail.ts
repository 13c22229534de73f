import { constants } from 'node:fs';
import { copyFile, open, rename, stat, unlink } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { DatasetError } from '../core/errors.ts';
import type { DatasetFile } from './file.ts';

/** A file's bytes from `keep` on are to become `tail`. */
export interface NewTail {
  readonly keep: number;
  readonly tail: Buffer;
}

/**
 * Gives a file a new end: a copy beside it is changed and renamed into place, so that a reader, and
 * a crash at any moment, see the old file or the new one. Throws `DatasetError` where the file
 * changed since it was looked at, or may not be written.
 */
export async function replaceTail(
  file: DatasetFile,
  path: string,
  { keep, tail }: NewTail,
  modified: number,
): Promise<void> {
  const copy = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await copyFile(path, copy, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    const handle = await open(copy, 'r+');
    try {
      await handle.truncate(keep);
      let written = 0;
      while (written < tail.length) {
        const rest = tail.length - written;
        written += (await handle.write(tail, written, rest, keep + written)).bytesWritten;
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    const now = await stat(path);
    if (now.mtimeMs !== modified || now.size !== file.size) {
      throw new DatasetError(
        file.name,
        undefined,
        'the file changed meanwhile. Try again.',
        'retry',
      );
    }
    await rename(copy, path);
  } catch (error) {
    await unlink(copy).catch(() => undefined);
    if (error instanceof DatasetError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new DatasetError(
      file.name,
      undefined,
      `the row could not be added (${reason}).`,
      'retry',
    );
  }
}
