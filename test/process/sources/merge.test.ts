import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mergeThreeWay } from '../../../src/engine/sources/merge.ts';

const labels = { mine: 'mine', theirs: 'theirs' };

describe('A three-way merge', () => {
  it('agrees with git merge-file on what a person would meet', function () {
    if (spawnSync('git', ['--version']).status !== 0) {
      console.log('      skipped: there is no git on this machine to ask');
      this.skip();
    }
    const folder = mkdtempSync(join(tmpdir(), 'merge-'));
    const numbered = Array.from({ length: 12 }, (_, index) => `line ${index}\n`);
    const edits = [
      [{ 2: 'X\n' }, { 8: 'Y\n' }],
      [{ 2: 'X\n' }, { 2: 'Y\n' }],
      [{ 2: '' }, { 9: 'Y\nZ\n' }],
      [
        { 1: 'X\n', 10: 'Q\n' },
        { 5: 'Y\n', 10: 'R\n' },
      ],
      [{ 3: '' }, { 3: 'changed\n' }],
    ] as const;
    try {
      for (const [mine, theirs] of edits) {
        const write = (edit: Readonly<Record<number, string>>) =>
          numbered.map((line, index) => edit[index] ?? line).join('');
        const texts = { mine: write(mine), base: write({}), theirs: write(theirs) };
        for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
        const git = spawnSync('git', ['merge-file', '-p', 'mine', 'base', 'theirs'], {
          cwd: folder,
          encoding: 'utf8',
        });
        const own = mergeThreeWay(texts.base, texts.mine, texts.theirs, labels);
        assert.equal(own.text, git.stdout);
        assert.equal(own.conflicts, git.status);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
