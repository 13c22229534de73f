import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'mocha';

const dist = join(import.meta.dirname, '..', '..', 'dist');

/** What may wait until it is used: clients, readers, grammars, and the rooms that hold them. */
const heavy =
  /src\/engine\/(providers|datasets|metrics|optimize|executors|workers)\/|node_modules\/(openai|@google-cloud|@lezer|yaml|hyparquet|read-excel-file|ajv|p-queue)/;

describe('The bundle of the extension', () => {
  it('loads nothing heavy when VS Code activates it', () => {
    const sources = staticSources(join(dist, 'extension.js'));
    assert.ok(sources.includes('src/extension.ts'), 'the bundle names the files it was made from');
    assert.deepEqual(
      sources.filter(source => heavy.test(source)),
      [],
    );
  });

  it('reaches what is heavy when it is used', () => {
    const lazily = [...readFileSync(join(dist, 'extension.js'), 'utf8').matchAll(/import\("\.\//g)];
    assert.ok(lazily.length > 0);
  });
});

/** Files in a bundle and in every chunk that it imports at once, by the comments of the bundler. */
function staticSources(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  const own = [...text.matchAll(/^\s*\/\/ ((?:src|node_modules)\/\S+)$/gm)].flatMap(
    match => match[1] ?? [],
  );
  const imported = [...text.matchAll(/^\s*import\s*(?:[^;"']*?from\s*)?"(\.[^"]+)"/gm)].flatMap(
    match => match[1] ?? [],
  );
  return [...own, ...imported.flatMap(path => staticSources(join(dirname(file), path), seen))];
}
