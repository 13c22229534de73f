import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Installs an unpacked extension into the extensions folder of a server that has not started yet.
 * @throws Error where the folder holds no manifest
 */
export function installExtension(extension: string, extensionsFolder: string): void {
  const manifest: unknown = JSON.parse(readFileSync(join(extension, 'package.json'), 'utf8'));
  const { publisher, name, version } = manifest as Record<string, string>;
  const target = join(extensionsFolder, `${publisher}.${name}-${version}`);
  cpSync(extension, target, { recursive: true });
}
