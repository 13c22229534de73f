import { link, open, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { systemCode } from './diskErrors.ts';
import { syncFolder } from './syncFolder.ts';

/** How long Windows is given to let go of a file that another program reads, in milliseconds. */
const patienceMs = 5_000;
const heldCodes = new Set(['EPERM', 'EACCES', 'EBUSY']);
const noLinkCodes = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV']);

/**
 * Writes the whole text to a temporary file beside the target and renames it into place, so that
 * a reader, and a crash at any moment, see the old text or the new one. Ours because published
 * helpers do not check how many bytes were written on a full disk, nor sync the folder.
 */
export async function replaceFile(target: string, text: string): Promise<void> {
  await throughTemporary(target, text, async temporary => {
    await renamePatiently(() => rename(temporary, target));
    return true;
  });
}

/**
 * Creates the file with its whole text, or answers false where it exists. Of two processes that
 * try at once exactly one wins, because a hard link is never made over an existing name.
 */
export async function createFile(target: string, text: string): Promise<boolean> {
  return throughTemporary(target, text, async temporary => {
    try {
      await link(temporary, target);
    } catch (error) {
      const code = systemCode(error) ?? '';
      if (code === 'EEXIST') return false;
      if (!noLinkCodes.has(code)) throw error;
      return createWithoutLink(target, text);
    }
    await unlink(temporary);
    return true;
  });
}

async function throughTemporary(
  target: string,
  text: string,
  place: (temporary: string) => Promise<boolean>,
): Promise<boolean> {
  const temporary = `${target}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await writeDurably(temporary, text);
    const placed = await place(temporary);
    if (placed) await syncFolder(dirname(target));
    else await unlink(temporary);
    return placed;
  } catch (error) {
    await unlink(temporary).catch(() => {});
    throw error;
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  // 'wx' never follows a link or opens what somebody else put there.
  const handle = await open(path, 'wx', 0o644);
  try {
    // FileHandle.writeFile goes on until every byte is out and throws where one is not.
    await handle.writeFile(text, 'utf8');
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** For disks without hard links (exFAT, some network drives): still exclusive, not crash-atomic. */
async function createWithoutLink(target: string, text: string): Promise<boolean> {
  try {
    await writeDurably(target, text);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    await unlink(target).catch(() => {});
    throw error;
  }
}

/** Repeats a rename that Windows refuses while a virus scanner or editor holds the file. */
export async function renamePatiently(
  tryRename: () => Promise<void>,
  platform: string = process.platform,
  limitMs: number = patienceMs,
): Promise<void> {
  const giveUp = performance.now() + limitMs;
  for (let pause = 10; ; pause = Math.min(pause * 2, 500)) {
    try {
      await tryRename();
      return;
    } catch (error) {
      const held = platform === 'win32' && heldCodes.has(systemCode(error) ?? '');
      if (!held || performance.now() + pause > giveUp) throw error;
    }
    await delay(pause);
  }
}
