import { open } from 'node:fs/promises';
import { systemCode } from './diskErrors.ts';

// What network drives answer that have no such call; the file itself is durable all the same.
const notSupported = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EPERM', 'EACCES']);

/** Makes the names in a folder durable; Windows has no such call and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!notSupported.has(systemCode(error) ?? '')) throw error;
  }
}
