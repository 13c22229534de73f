import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createSourceReader } from '../../../src/engine/sources/find.ts';
import { languageOf } from '../../../src/engine/sources/hosts.ts';

/** One prompt of the corpus: where it stands, and the text that a model would see. */
interface Case {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const folder = join(import.meta.dirname, '../../fixtures/sources');
const cases = JSON.parse(readFileSync(join(folder, 'corpus.json'), 'utf8')) as Case[];
const files = globSync('*.source', { cwd: folder }).sort();

describe('The corpus of prompts inside source files', () => {
  it('has at least 200 prompts, in every file that is there', () => {
    assert.ok(cases.length >= 200);
    assert.deepEqual([...new Set(cases.map(each => `${each.file}.source`))].sort(), files);
  });

  for (const file of files) {
    const name = basename(file, '.source');
    const own = cases.filter(each => each.file === name);
    const text = readFileSync(join(folder, file), 'utf8');
    const language = languageOf(name) ?? '';
    const reader = createSourceReader();

    it(`${name}: all ${own.length} are found exactly, from the first character to the last`, async () => {
      for (const { start, end, text: expected } of own) {
        for (const at of [start + 1, (start + end) >> 1, end - 1]) {
          const [found] = await reader.find(text, { start: at, end: at }, language);
          assert.equal(found?.refusal, undefined);
          assert.equal(found?.text, expected);
        }
      }
    });

    it(`${name}: what did not change stays byte for byte, and a change can be taken back`, async () => {
      for (const { start, end, text: expected } of own) {
        const at = (start + end) >> 1;
        const [literal] = await reader.find(text, { start: at, end: at }, language);
        assert.ok(literal);
        const same = await reader.encode(text, literal, language, expected);
        assert.ok(same.kind === 'edit' && same.file === text);
        const longer = `Note well: ${expected.replace(/(\n*)$/, '\nBe brief.$1')}`;
        const edit = await reader.encode(text, literal, language, longer);
        assert.ok(edit.kind === 'edit', edit.kind === 'refused' ? edit.reason : '');
        assert.ok(edit.file.startsWith(text.slice(0, literal.start)));
        assert.ok(edit.file.endsWith(text.slice(literal.end)));
        const place = { start: literal.start + 3, end: literal.start + 3 };
        const [again] = await reader.find(edit.file, place, language);
        assert.equal(again?.text, longer);
        const back = await reader.encode(edit.file, again, language, expected);
        assert.ok(back.kind === 'edit');
        assert.equal(back.file, text);
      }
    });
  }
});
