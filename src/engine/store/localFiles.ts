import { open, readdir, readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Files } from '../core/files.ts';
import { createFile, replaceFile } from './atomicWrite.ts';
import { storeError, systemCode } from './diskErrors.ts';
import { openLocalLog } from './localLog.ts';
import { insideRoot, writablePath } from './safePath.ts';

/**
 * Files on the disk below `root`, an existing folder. Whole files are replaced atomically and
 * durably; symbolic links that lead out of the root are not written through. Every failure is a
 * `StoreError` with a sentence and the path below the root.
 */
export function localFiles(root: string): Files {
  return {
    read: (path, from = 0) => told(path, () => readText(insideRoot(root, path), from)),
    write: (path, whole, options) =>
      told(path, async () => {
        const target = await writablePath(root, path);
        if (options?.ifAbsent) return createFile(target, whole);
        await replaceFile(target, whole);
        return true;
      }),
    list: folder => told(folder, () => listNames(insideRoot(root, folder))),
    openLog: path =>
      told(path, async () =>
        openLocalLog(await writablePath(root, path), error => storeError(path, error)),
      ),
  };
}

async function told<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw storeError(path, error);
  }
}

async function readText(path: string, from: number): Promise<string | undefined> {
  try {
    return from === 0 ? await readFile(path, 'utf8') : await readRest(path, from);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function readRest(path: string, from: number): Promise<string> {
  const handle = await open(path, 'r');
  try {
    return await text(handle.createReadStream({ start: from, autoClose: false }));
  } finally {
    await handle.close();
  }
}

async function listNames(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.map(entry => (entry.isDirectory() ? `${entry.name}/` : entry.name)).sort();
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}
