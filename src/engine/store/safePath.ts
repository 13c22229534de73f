import { lstat, mkdir, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { StoreError } from '../core/errors.ts';
import { systemCode } from './diskErrors.ts';
import { syncFolder } from './syncFolder.ts';

/** The absolute path of a file below `root`; refuses paths that could lead out of it. */
export function insideRoot(root: string, path: string): string {
  const parts = path.split('/').filter(part => part !== '' && part !== '.');
  if (isAbsolute(path) || path.includes('\0') || path.includes('\\') || parts.includes('..')) {
    throw new StoreError(path, 'is not a path inside the workspace folder, so it was refused.');
  }
  return join(root, ...parts);
}

/**
 * The absolute path that may be written for `path`: its folder is made where it is missing, and
 * symbolic links are followed only as far as they stay inside the root.
 */
export async function writablePath(root: string, path: string): Promise<string> {
  const wanted = insideRoot(root, path);
  const realRoot = await realpath(root);
  // Asked before mkdir, which would otherwise make folders behind a link that leads outside.
  mustBeInside(realRoot, await realpath(await nearestExisting(dirname(wanted))), path);
  await makeFolder(dirname(wanted));
  const folder = await realpath(dirname(wanted));
  mustBeInside(realRoot, folder, path);
  return followedInside(realRoot, join(folder, basename(wanted)), path);
}

async function nearestExisting(folder: string): Promise<string> {
  const found = await lstat(folder).catch(ignoreMissing);
  return found || dirname(folder) === folder ? folder : nearestExisting(dirname(folder));
}

async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let each = folder; each.length >= first.length; each = dirname(each)) {
    await syncFolder(dirname(each));
  }
}

async function followedInside(root: string, target: string, path: string): Promise<string> {
  const found = await lstat(target).catch(ignoreMissing);
  if (!found?.isSymbolicLink()) return target;
  const real = await realpath(target).catch(ignoreMissing);
  if (real === undefined) throw leadsOutside(path);
  mustBeInside(root, real, path);
  return real;
}

function mustBeInside(root: string, real: string, path: string): void {
  const way = relative(root, real);
  if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) throw leadsOutside(path);
}

function leadsOutside(path: string): StoreError {
  return new StoreError(
    path,
    'a symbolic link leads out of the workspace folder, so nothing was written. Put a real file or folder in its place.',
  );
}

function ignoreMissing(error: unknown): undefined {
  if (systemCode(error) === 'ENOENT') return undefined;
  throw error;
}
