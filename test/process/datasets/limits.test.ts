import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { caseRandom, mutated } from '../../engine/datasets/mutate.ts';
import { describeWithCorpus, sharedCorpus } from '../../engine/datasets/sharedCorpus.ts';
import { workbookOf } from '../../engine/datasets/zipOf.ts';
import type { Ending } from './readAll.ts';

/** Ends a reading that hangs; what one takes is measured by `npm run bench -- badInput`. */
const watchdogMs = 170_000;

/** Reads the files in one process of their own, so that its memory is theirs alone. */
function endingsOf(files: readonly string[]): Ending[] {
  const script = join(import.meta.dirname, 'readAll.ts');
  const child = spawnSync(process.execPath, [script, ...files], {
    encoding: 'utf8',
    timeout: watchdogMs,
  });
  const endings = child.stdout
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Ending);
  const hung = files[endings.length] ?? '';
  assert.equal(child.signal, null, `${hung} was not read within ${watchdogMs / 1000} s`);
  assert.equal(child.status, 0, `${hung}: ${child.stderr}`);
  return endings;
}

describeWithCorpus('Every file that is broken, odd or hostile', () => {
  it('ends in rows or an error, none hangs, and all stay within 500 MB', () => {
    const files = globSync(join(sharedCorpus, 'bad-input/**/*'), { withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name));
    const endings = endingsOf(files);
    assert.equal(endings.length, 224);
    for (const { file, outcome, message } of endings) {
      assert.notEqual(outcome, 'crash', `${file}: ${message}`);
    }
    const read = endings.filter(({ outcome }) => outcome === 'rows');
    assert.ok(read.length >= 140, `${read.length} with rows`);
    assert.ok(read.filter(({ file }) => file.endsWith('.parquet')).length >= 30);
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
  }).timeout(180_000);
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
