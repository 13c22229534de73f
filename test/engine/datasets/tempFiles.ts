import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadDataset, type LoadOptions } from '../../../src/engine/datasets/load.ts';
import type { Dataset } from '../../../src/engine/core/example.ts';

let folder: string | undefined;

/** Writes a file into a folder that is removed after the tests. Answers its path. */
export function written(name: string, content: string | Uint8Array): string {
  folder ??= mkdtempSync(join(tmpdir(), 'prompt-refiner-datasets-'));
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Loads a text as if it were a file of that name, for a prompt with `{{input}}`. */
export async function loaded(
  name: string,
  content: string | Uint8Array,
  options: Partial<LoadOptions> = {},
): Promise<Dataset> {
  const path = written(name, content);
  return loadDataset(path, { inputNames: ['input'], needsExpected: true, ...options });
}

after(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});
