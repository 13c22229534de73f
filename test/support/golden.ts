import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../fixtures/golden/', import.meta.url));

/**
 * Holds a text against the golden file of that name in `test/fixtures/golden`. A mismatch leaves
 * the text beside it as `NAME.actual`; `UPDATE_GOLDEN=1` writes the golden file anew.
 */
export function matchesGolden(name: string, actual: string): void {
  const path = join(folder, name);
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, actual);
  }
  const expected = readGolden(path);
  if (expected === actual) {
    rmSync(`${path}.actual`, { force: true });
    return;
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.actual`, actual);
  assert.equal(actual, expected, `${name} has changed; see ${path}.actual`);
}

function readGolden(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
