/**
 * Holds the metrics and statistics against vectors of reference implementations.
 *
 *   npm run vectors                   the project's own, in test/fixtures/golden
 *   npm run vectors -- FOLDER         any folder of files of that form
 *
 * Names each vector that failed, says how many are exceptions and why, and ends with
 * "N passed, N failed". Exit code 1 where one failed or none was found.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { judge } from './vectors/judge.ts';
import type { Vector } from './vectors/vector.ts';

const ownFolder = join(import.meta.dirname, '../test/fixtures/golden');
const folder = resolve(process.argv[2] ?? ownFolder);
let passed = 0;
let failed = 0;
const exceptions = new Map<string, string[]>();
for (const file of readdirSync(folder).sort()) {
  for (const vector of vectorsIn(join(folder, file))) {
    const { result, why = '' } = judge(vector);
    if (result === 'passed') passed++;
    if (result === 'excepted') exceptions.set(why, [...(exceptions.get(why) ?? []), vector.id]);
    if (result === 'failed') {
      failed++;
      console.log(`${file} ${vector.id}: ${why}`);
    }
  }
}
for (const [why, ids] of exceptions)
  console.log(`${ids.length} excepted, ${why}: ${ids.join(' ')}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

function vectorsIn(path: string): readonly Vector[] {
  if (!path.endsWith('.json')) return [];
  const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (typeof content !== 'object' || content === null || !('vectors' in content)) return [];
  return content.vectors as Vector[];
}
