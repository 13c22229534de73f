import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { RequestError } from '../../../src/engine/core/errors.ts';
import { promptFolderName, scoresPath, versionNumberOf } from '../../../src/engine/store/layout.ts';
import { aMeasurement } from './builders.ts';

const corpus = '/work/shared/data/bad-input/strings/path_names.jsonl';
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/;

function assertSafe(folder: string): void {
  assert.match(folder, /^[a-z0-9][a-z0-9_-]*(?:\.[0-9a-f]{12})?$/);
  assert.ok(folder.length <= 60, folder);
  assert.doesNotMatch(folder, device);
  assert.equal(resolve('/root/.prompts', folder), `/root/.prompts/${folder}`);
}

describe('the folder of a prompt', () => {
  it('is the name itself where that is simple', () => {
    for (const name of ['triage', 'summarize-ticket', 'v2', 'a_b', '7']) {
      assert.equal(promptFolderName(name), name);
    }
  });

  it('is a readable slug with a hash where the name is not', () => {
    assert.match(promptFolderName('Summarize Ticket!'), /^summarize-ticket\.[0-9a-f]{12}$/);
    assert.match(promptFolderName('Été'), /^ete\.[0-9a-f]{12}$/);
    assert.match(promptFolderName('日本語'), /^prompt\.[0-9a-f]{12}$/);
  });

  it('is refused for a blank name, with a sentence', () => {
    for (const name of ['', ' ', '\n\t', '\uFEFF']) {
      assert.throws(() => promptFolderName(name), RequestError);
    }
  });

  it('is not one that our own .gitignore hides', () => {
    assert.notEqual(promptFolderName('runs'), 'runs');
  });

  it('is safe and its own for every hostile name of the corpus', function () {
    if (!existsSync(corpus)) {
      console.log(`      skipped: ${corpus} is not on this machine`);
      this.skip();
    }
    const names = readFileSync(corpus, 'utf8')
      .split('\n')
      .filter(line => line !== '')
      .map(line => (JSON.parse(line) as { name: string }).name)
      .filter(name => name.trim() !== '');
    const folders = names.map(promptFolderName);
    folders.forEach(assertSafe);
    // Some names of the corpus occur twice on purpose; different names never share a folder.
    assert.equal(new Set(folders).size, new Set(names).size);
    assert.ok(names.length > 80);
  });

  it('is safe and its own for any name at all', () => {
    const any = fc.string({ unit: 'binary', minLength: 1, maxLength: 80 });
    const lone = fc.constantFrom('\uD800', '\uDFFF', '\uFFFD', 'A', 'a', 'á', 'a\u0301');
    const name = fc.oneof(any, lone).filter(each => each.trim() !== '');
    fc.assert(
      fc.property(name, name, (left, right) => {
        assertSafe(promptFolderName(left));
        const shared = promptFolderName(left) === promptFolderName(right);
        assert.equal(shared, left === right);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the names of stored files', () => {
  it('tell a version number, and nothing else does', () => {
    assert.equal(versionNumberOf('v12.md'), 12);
    assert.equal(versionNumberOf('v1.output.md'), 1);
    for (const name of ['v0.md', 'v01.md', 'v1.md.tmp', 'x1.md', 'v1e3.md', 'v9999999999.md']) {
      assert.equal(versionNumberOf(name), undefined, name);
    }
  });

  it('of measurements stay in the folder whatever the fingerprint and the model', () => {
    const hostile = aMeasurement({
      datasetFingerprint: '../../x',
      taskModel: 'openai:../../etc/passwd',
    });
    assert.match(
      scoresPath(hostile, 2),
      /^\.prompts\/triage\/scores\/v1-[0-9a-f]{12}-test-[0-9a-f]{8}-2\.json$/,
    );
  });
});
