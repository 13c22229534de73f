import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RequestError } from '../engine/index.ts';

/** Path of a file that is installed with this program, whether it runs bundled or from source. */
export function ownFile(name: string): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, name))) {
    if (dirname(folder) === folder) {
      throw new RequestError(`${name} is missing from this program; install prompt-refiner again.`);
    }
    folder = dirname(folder);
  }
  return join(folder, name);
}

/** The version of this program. */
export function ownVersion(): string {
  const manifest = JSON.parse(readFileSync(ownFile('package.json'), 'utf8')) as {
    version?: string;
  };
  return manifest.version ?? 'unknown';
}
