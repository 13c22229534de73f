import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { namesAndSizes } from '../scripts/house/names.ts';

describe('Names and sizes of files', () => {
  it('are as the house wants them', () => {
    assert.deepEqual(namesAndSizes(resolve(import.meta.dirname, '..')), []);
  });

  it('are refused where a file says nothing by its name', () => {
    assert.match(
      sentencesAbout('src/engine/dateUtils.ts', 1).join(),
      /"utils" in a name says nothing/,
    );
    assert.match(sentencesAbout('src/helpers/date.ts', 1).join(), /"helpers" in a name/);
    assert.match(sentencesAbout('src/vscode/KeyManager.ts', 1).join(), /"manager" in a name/);
  });

  it('are accepted where such a word is only part of another one', () => {
    assert.deepEqual(sentencesAbout('src/engine/datasets/metadata.ts', 1), []);
  });

  it('are refused past 250 lines', () => {
    assert.deepEqual(sentencesAbout('src/prompt.ts', 250), []);
    assert.match(sentencesAbout('src/prompt.ts', 251).join(), /251 lines are more than 250/);
  });

  it('are refused where there is nothing to look at', () => {
    assert.match(sentencesAbout('readme.txt', 1).join(), /No source file was found/);
  });
});

function sentencesAbout(file: string, lines: number): string[] {
  const root = mkdtempSync(join(tmpdir(), 'planted-name-'));
  try {
    mkdirSync(join(root, dirname(file)), { recursive: true });
    writeFileSync(join(root, file), 'export {};\n'.repeat(lines));
    return namesAndSizes(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
