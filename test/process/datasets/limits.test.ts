import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { caseRandom, mutated } from '../../engine/datasets/mutate.ts';
import { describeWithCorpus, sharedCorpus } from '../../engine/datasets/sharedCorpus.ts';
import { workbookOf } from '../../engine/datasets/zipOf.ts';
import type { Ending } from './readAll.ts';

/** Reads the files in one process of their own, so that its memory is theirs alone. */
function endingsOf(files: readonly string[]): Ending[] {
  const script = join(import.meta.dirname, 'readAll.ts');
  const child = spawnSync(process.execPath, [script, ...files], { encoding: 'utf8' });
  assert.equal(child.status, 0, child.stderr);
  const lines = child.stdout.trim().split('\n');
  return lines.map(line => JSON.parse(line) as Ending);
}

describeWithCorpus('Parquet files that are broken, odd or hostile', () => {
  it('each end in rows or an error within seconds and 500 MB', () => {
    const files = [
      ...globSync(join(sharedCorpus, 'bad-input/parquet/{data,bad_data}/*.parquet*')),
      ...globSync(join(sharedCorpus, 'bad-input/generated/*.parquet')),
    ];
    const endings = endingsOf(files);
    assert.equal(endings.length, 57);
    for (const { file, outcome, milliseconds, message } of endings) {
      assert.notEqual(outcome, 'crash', `${file}: ${message}`);
      // Two seconds on a machine of one's own; the tests share theirs with others.
      assert.ok(milliseconds < 8000, `${file} took ${milliseconds} ms`);
    }
    assert.ok(endings.filter(each => each.outcome === 'rows').length >= 30);
    const peak = Math.max(...endings.map(each => each.peakMb));
    assert.ok(peak < 500, `${peak} MB`);
  }).timeout(180_000);
});

describe('Packed files with bytes that are wrong', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'prompt-refiner-packed-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function check(name: string, good: Uint8Array, count: number): void {
    const files = Array.from({ length: count }, (_, number) => {
      const file = join(folder, `${number}-${name}`);
      writeFileSync(file, mutated(good, caseRandom(name, number)));
      return file;
    });
    for (const { file, outcome, message } of endingsOf(files)) {
      assert.notEqual(outcome, 'crash', `${file}: ${message}`);
    }
  }

  it('end in rows or an error: Excel', () => {
    const rows = [
      ['input', 'target'],
      ['a', 'b'],
      ['c', 1.5],
    ];
    check('rows.xlsx', workbookOf({ Sheet1: rows }), 20);
  }).timeout(120_000);
});

describeWithCorpus('Packed files of the corpus with bytes that are wrong', () => {
  it('end in rows or an error: Parquet', () => {
    const folder = mkdtempSync(join(tmpdir(), 'prompt-refiner-parquet-'));
    try {
      const good = globSync(
        join(sharedCorpus, 'bad-input/generated/parquet-{ok,types,struct}.parquet'),
      );
      const files = good.flatMap((path, kind) =>
        Array.from({ length: 8 }, (_, number) => {
          const file = join(folder, `${kind}-${number}.parquet`);
          writeFileSync(file, mutated(readFileSync(path), caseRandom(`parquet ${kind}`, number)));
          return file;
        }),
      );
      for (const { file, outcome, message } of endingsOf(files)) {
        assert.notEqual(outcome, 'crash', `${file}: ${message}`);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }).timeout(180_000);
});
