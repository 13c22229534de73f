import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Installs an unpacked extension into the extensions folder of a server that has not started yet.
 * @param parts names in the folder that make the extension; absent: all of it
 * @throws Error where the folder holds no manifest
 */
export function installExtension(
  extension: string,
  extensionsFolder: string,
  parts: readonly string[] = ['.'],
): void {
  const manifest: unknown = JSON.parse(readFileSync(join(extension, 'package.json'), 'utf8'));
  const { publisher, name, version } = manifest as Record<string, string>;
  const target = join(extensionsFolder, `${publisher}.${name}-${version}`);
  for (const part of parts) {
    cpSync(join(extension, part), join(target, part), { recursive: true });
  }
}
