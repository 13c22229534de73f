import assert from 'node:assert/strict';
import fc from 'fast-check';
import { RequestError, StoreError } from '../../../src/engine/core/errors.ts';
import type { VersionDraft } from '../../../src/engine/core/version.ts';
import { promptHistory } from '../../../src/engine/store/history.ts';
import { memoryFiles } from '../../../src/engine/store/memoryFiles.ts';
import { aMeasurement, ticking } from './builders.ts';

function aHistory(texts = new Map<string, string>()) {
  return { texts, history: promptHistory(memoryFiles(texts), ticking()) };
}

function draft(system: string, rest: Partial<VersionDraft> & { output?: string } = {}) {
  const { output = '', ...facts } = rest;
  return { promptName: 'triage', prompt: { system, output }, origin: 'typed', ...facts } as const;
}

describe('the history of prompts', () => {
  it('keeps a text as plain text and the rest as sorted JSON beside it', async () => {
    const { texts, history } = aHistory();
    await history.save(draft('Be short.\n', { output: 'JSON', metadata: { z: 1, a: true } }));
    assert.deepEqual([...texts.keys()].sort(), [
      '.prompts/.gitignore',
      '.prompts/triage/prompt.json',
      '.prompts/triage/v1.json',
      '.prompts/triage/v1.md',
      '.prompts/triage/v1.output.md',
    ]);
    assert.equal(texts.get('.prompts/.gitignore'), 'runs/\n*.tmp\n');
    assert.equal(texts.get('.prompts/triage/v1.md'), 'Be short.\n');
    assert.equal(
      texts.get('.prompts/triage/v1.json'),
      `{
  "components": [
    "system",
    "output"
  ],
  "created_at": "2026-08-22T10:00:00.000Z",
  "id": "id-1",
  "metadata": {
    "a": true,
    "z": 1
  },
  "origin": "typed",
  "schema": 1,
  "version": 1
}
`,
    );
  });

  it('gives back what was saved, to the character, whatever the text', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('', '\n', 'a\r\nb\r\n', '\uFEFFx', ' x \t', '# System\n', '\u2028', '\0'),
    );
    await fc.assert(
      fc.asyncProperty(text, text, async (system, output) => {
        const { history } = aHistory();
        const saved = await history.save(draft(system, { output, note: output }));
        assert.deepEqual((await history.read(saved)).prompt, { system, output });
        assert.deepEqual(await history.read(saved), saved);
      }),
    );
  });

  it('keeps the real name of a prompt, whatever its folder is called', async () => {
    const { history } = aHistory();
    for (const promptName of ['../../etc/passwd', 'CON', 'Triage', 'triage', '日本', '__proto__']) {
      await history.save(draft('x', { promptName }));
    }
    assert.deepEqual(
      await history.names(),
      ['../../etc/passwd', 'CON', 'Triage', '__proto__', 'triage', '日本'].sort(),
    );
    assert.equal((await history.resolve('CON')).promptName, 'CON');
  });

  it('answers the newest version where the text is already that, but not an older one', async () => {
    const { history } = aHistory();
    await history.save(draft('a'));
    assert.equal((await history.save(draft('a'))).number, 1);
    assert.equal((await history.save(draft('b'))).number, 2);
    assert.equal((await history.save(draft('a'))).number, 3);
    assert.equal((await history.save(draft('a', { output: 'o' }))).number, 4);
  });

  it('saves one text once, even when two parts of a program save it at one moment', async () => {
    const { history } = aHistory();
    const both = await Promise.all([history.save(draft('a')), history.save(draft('a'))]);
    assert.deepEqual(
      both.map(version => version.number),
      [1, 1],
    );
  });

  it('takes the next number where another window has taken this one', async () => {
    const texts = new Map<string, string>();
    const files = memoryFiles(texts);
    const late = promptHistory(
      {
        ...files,
        // The other window's text appears between our look and our write.
        write: async (path, text, options) => {
          if (path === '.prompts/triage/v1.md') texts.set(path, 'theirs');
          return files.write(path, text, options);
        },
      },
      ticking(),
    );
    assert.equal((await late.save(draft('ours'))).number, 2);
    assert.equal(texts.get('.prompts/triage/v1.md'), 'theirs');
  });

  it('does not list an unfinished save, and does not write over it either', async () => {
    const { texts, history } = aHistory();
    await history.save(draft('a'));
    texts.set('.prompts/triage/v2.md', 'unfinished');
    assert.equal((await history.list('triage')).length, 1);
    assert.equal((await history.save(draft('b'))).number, 3);
    assert.equal(texts.get('.prompts/triage/v2.md'), 'unfinished');
  });

  it('resolves a name and a name with a number, and lists what there is where it cannot', async () => {
    const { history } = aHistory();
    await assert.rejects(history.resolve('triage'), /No prompt has been saved/);
    await history.save(draft('a'));
    await history.save(draft('b'));
    await history.save(draft('c', { promptName: 'triage@1' }));
    assert.equal((await history.resolve('triage')).number, 2);
    assert.equal((await history.resolve('triage@02')).number, 2);
    assert.equal((await history.resolve('triage@1')).prompt.system, 'c');
    await assert.rejects(history.resolve('triage@3'), /There are: triage@1, triage@2\./);
    await assert.rejects(history.resolve('nothing'), /There are: triage, triage@1\./);
    await assert.rejects(history.read({ promptName: 'triage', number: 9 }), RequestError);
    for (const odd of ['', '@', '@1', 'triage@', 'triage@x', '../triage@1']) {
      await assert.rejects(history.resolve(odd), RequestError, odd);
    }
  });

  it('keeps every measurement of a version, the same rows measured twice included', async () => {
    const { texts, history } = aHistory();
    await history.save(draft('a'));
    const first = aMeasurement();
    const second = aMeasurement({ measuredAt: '2026-08-22T11:00:00.000Z', scorecard: {} });
    const { usage: _, ...ofAnOlderRelease } = aMeasurement({
      measuredAt: '2026-08-22T09:00:00.000Z',
    });
    await history.saveMeasurement(ofAnOlderRelease);
    const other = aMeasurement({ version: { promptName: 'triage', number: 11 } });
    for (const each of [second, first, other]) await history.saveMeasurement(each);
    // A resumed run says the same again, at another time.
    await history.saveMeasurement({ ...first, measuredAt: '2026-08-22T12:00:00.000Z' });
    assert.deepEqual(await history.measurements(first.version), [ofAnOlderRelease, first, second]);
    const path = '.prompts/triage/scores/v1-9c1e5a7b3d2f-test-';
    assert.equal([...texts.keys()].filter(each => each.startsWith(path)).length, 3);
  });
});

describe('a damaged history', () => {
  const damage: readonly (readonly [string, string, string, RegExp])[] = [
    [
      'broken JSON',
      'v1.json',
      '{"schema": 1',
      /v1\.json: cannot be used: it is not valid JSON\. R/,
    ],
    ['an empty file', 'v1.json', '', /v1\.json: .*not valid JSON/],
    ['a list', 'v1.json', '[]', /does not hold a JSON object/],
    [
      'an unknown schema',
      'v1.json',
      '{"schema": 2}',
      /v1\.json: this file was written by a newer release .*Update/,
    ],
    ['no schema', 'v1.json', '{}', /it has no schema number\. Restore/],
    ['a wrong field', 'v1.json', '{"schema":1,"version":1,"id":7}', /"id" is not a text/],
    ['the wrong number', 'v1.json', '{"schema":1,"version":-1}', /"version" is not a whole/],
    ['a foreign name', 'prompt.json', '{"schema":1}', /prompt\.json: .*"name" is not a text/],
  ];
  for (const [what, file, text, expected] of damage) {
    it(`with ${what} is refused with a sentence that names the file`, async () => {
      const { texts, history } = aHistory();
      await history.save(draft('a'));
      texts.set(`.prompts/triage/${file}`, text);
      const look = file === 'prompt.json' ? history.names() : history.list('triage');
      await assert.rejects(look, (error: unknown) => {
        assert.ok(error instanceof StoreError);
        assert.match(error.message, expected);
        return true;
      });
    });
  }

  it('with a missing output component is an error and not an empty component', async () => {
    const { texts, history } = aHistory();
    await history.save(draft('a', { output: 'b' }));
    texts.delete('.prompts/triage/v1.output.md');
    await assert.rejects(history.list('triage'), /v1\.output\.md: .*missing/);
  });

  it('with the folder of another prompt is not written to', async () => {
    const { texts, history } = aHistory();
    texts.set('.prompts/triage/prompt.json', '{"schema": 1, "name": "other"}');
    await assert.rejects(history.save(draft('a')), /belongs to the prompt "other"/);
  });

  it('passes over folders that a person copied or made by hand', async () => {
    const { texts, history } = aHistory();
    await history.save(draft('a'));
    texts.set('.prompts/triage-copy/prompt.json', '{"schema": 1, "name": "triage"}');
    texts.set('.prompts/notes/readme.txt', 'x');
    assert.deepEqual(await history.names(), ['triage']);
  });

  it('with a broken measurement names the file and what is wrong', async () => {
    const { texts, history } = aHistory();
    await history.saveMeasurement(aMeasurement());
    const path = [...texts.keys()][0] ?? '';
    const good = texts.get(path) ?? '';
    for (const [from, to, expected] of [
      ['"split": "test"', '"split": "x"', /"split" is not one of/],
      ['"value": 0.5', '"value": null', /"value" is not a number/],
      ['"ok": 2', '"ok": -1', /"ok" is not a whole number/],
      ['"input_tokens": 240', '"input_tokens": "many"', /"input_tokens" is not a whole number/],
      ['"usd": 0.0001', '"usd": "free"', /"usd" is not a number/],
      ['"hit": 0', '"hit": {}', /"hit" is not a text or a number/],
      ['{', '', /not valid JSON/],
    ] as const) {
      texts.set(path, good.replace(from, to));
      await assert.rejects(history.measurements({ promptName: 'triage', number: 1 }), expected);
    }
  });
});
