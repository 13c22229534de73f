import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Dataset } from '../../../src/engine/core/example.ts';
import { loadDataset } from '../../../src/engine/datasets/load.ts';
import { loaded } from './tempFiles.ts';

function rowsOf({ examples }: Dataset): unknown[] {
  return examples.map(({ inputs, expected }) => [inputs['input'], expected]);
}

describe('JSON of columns', () => {
  it('is read as rows, values as they are written', async () => {
    const text = '{"input": ["a", "b,]"], "target": [1.10, 9007199254740993], "about": "x"}';
    assert.deepEqual(rowsOf(await loaded('rows.json', text)), [
      ['a', '1.10'],
      ['b,]', '9007199254740993'],
    ]);
    const pandas = '{"input": {"0": "a", "1": "b"}, "target": {"0": "x", "1": null}}';
    const dataset = await loaded('rows.json', pandas);
    assert.deepEqual(rowsOf(dataset), [['a', 'x']]);
    assert.equal(dataset.unusableRows, 1);
  });

  it('is refused where the columns differ in length', async () => {
    await assert.rejects(
      loaded('rows.json', '{"input": ["a", "b"], "target": ["x"]}'),
      /"input" has 2 values, "target" has 1/u,
    );
  });
});

describe('YAML', () => {
  it('is a list of rows, a map that holds one, columns, or one row a document', async () => {
    const texts = [
      '- input: a\n  target: x\n- input: b\n  target: y\n',
      'about: 1\nexamples:\n  - {input: a, target: x}\n  - {input: b, target: y}\n',
      'input: [a, b]\ntarget: [x, y]\n',
      'input: a\ntarget: x\n---\ninput: b\ntarget: y\n',
    ];
    for (const text of texts) {
      assert.deepEqual(rowsOf(await loaded('rows.yaml', text)), [
        ['a', 'x'],
        ['b', 'y'],
      ]);
    }
  });

  it('keeps scalars as they are written, with the line of each row', async () => {
    const text =
      '# tickets\n- input: |\n    two\n    lines\n  target: 007\n- input: on\n  target: 1.10\n- input: c\n  target: ~\n- {input: [1, {a: 9007199254740993}], target: &x "x"}\n- {input: d, target: *x}\n';
    const dataset = await loaded('rows.yml', text);
    assert.deepEqual(
      dataset.examples.map(({ inputs, expected, line }) => [inputs['input'], expected, line]),
      [
        ['two\nlines\n', '007', 2],
        ['on', '1.10', 6],
        ['[1, {"a": 9007199254740993}]', 'x', 10],
        ['d', 'x', 11],
      ],
    );
    assert.deepEqual(
      dataset.problems.map(problem => problem.line),
      [8],
    );
  });

  it('names the line of what is no YAML, of a name that stands twice, and of no rows', async () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
      .split('')
      .map((name, at) => {
        const before = 'abcdefgh'[at] ?? '';
        return `${name}: &${name} [${`*${before},`.repeat(9)}]\n`;
      })
      .join('')}`;
    const cases = [
      ['- input: a\n- input: "b\n', /rows\.yaml, line \d: this is not valid YAML/u],
      ['- input: a\n  input: b\n', /rows\.yaml, line 2: .*(?:unique|keys)/u],
      ['just text', /not a list of rows/u],
      ['# nothing\n', /no rows/u],
      [bomb, /rows\.yaml/u],
    ] as const;
    for (const [text, wanted] of cases) await assert.rejects(loaded('rows.yaml', text), wanted);
  });
});

describe('Conversations', () => {
  it('of OpenAI’s fine-tuning form are read: what is asked, and the answer at the end', async () => {
    const row = {
      messages: [
        { role: 'system', content: 'Be kind.' },
        { role: 'user', content: 'Hello' },
        { role: 'assistant', content: 'Hi!' },
      ],
    };
    const dataset = await loaded('chat.jsonl', JSON.stringify(row));
    assert.deepEqual(rowsOf(dataset), [['Hello', 'Hi!']]);
    assert.deepEqual(dataset.columns, ['messages', 'system', 'input', 'expected']);
    assert.deepEqual(dataset.examples[0]?.messages, row.messages.slice(0, 2));
  });

  it('of OpenAI’s evals form keep "ideal" as what is expected, one or several', async () => {
    const input = [
      { role: 'user', content: 'One' },
      { role: 'assistant', content: 'Two' },
      { role: 'user', content: [{ type: 'text', text: 'Three' }] },
    ];
    const dataset = await loaded('evals.jsonl', JSON.stringify({ input, ideal: ['4', 'four'] }));
    assert.deepEqual(rowsOf(dataset), [['User: One\n\nAssistant: Two\n\nUser: Three', '4']]);
    const [example] = dataset.examples;
    assert.deepEqual([example?.references, example?.messages?.length], [['4', 'four'], 3]);
  });

  it('with an image stay JSON text, because nothing of them may be lost', async () => {
    const input = [{ role: 'user', content: [{ type: 'image_url', image_url: {} }] }];
    const dataset = await loaded('evals.jsonl', JSON.stringify({ input, ideal: 'x' }));
    assert.deepEqual(rowsOf(dataset), [[JSON.stringify(input), 'x']]);
  });
});

describe('A folder of text files', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'prompt-refiner-folder-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function load() {
    return loadDataset(folder, { inputNames: ['input'], needsExpected: true });
  }

  it('is a row a file; the folder inside is the label', async () => {
    for (const [label, name, text] of [
      ['spam', 'a.txt', 'buy'],
      ['ham', 'b.md', 'hello\n'],
    ] as const) {
      mkdirSync(join(folder, label), { recursive: true });
      writeFileSync(join(folder, label, name), text);
    }
    writeFileSync(join(folder, '.hidden.txt'), 'no');
    writeFileSync(join(folder, 'image.png'), 'no');
    const dataset = await load();
    assert.deepEqual(rowsOf(dataset), [
      ['hello\n', 'ham'],
      ['buy', 'spam'],
    ]);
    assert.equal(dataset.format, 'folder');
  });

  it('takes the answer from the file beside it; bad bytes and links are no rows', async () => {
    writeFileSync(join(folder, 'a.txt'), 'question');
    writeFileSync(join(folder, 'a.expected.txt'), 'answer');
    writeFileSync(join(folder, 'b.txt'), Buffer.from([0xe9]));
    symlinkSync('/etc/passwd', join(folder, 'c.txt'));
    const dataset = await load();
    assert.deepEqual(rowsOf(dataset), [['question', 'answer']]);
    assert.match(dataset.problems[0]?.message ?? '', /b\.txt: these bytes are not UTF-8/u);
  });

  it('is refused where it holds no text file', async () => {
    await assert.rejects(load(), /a folder without text files/u);
  });
});

describe('An encoding that is chosen', () => {
  it('is taken, and a byte that it does not know is an error, never a replacement', async () => {
    const cases = [
      ['windows-1252', Buffer.from([0x93, 0xe9, 0x80]), '“é€'],
      ['shift_jis', Buffer.from([0x82, 0xa0]), 'あ'],
      ['utf-16le', Buffer.from('ä', 'utf16le'), 'ä'],
    ] as const;
    for (const [encoding, bytes, text] of cases) {
      const ascii = (plain: string): Buffer =>
        Buffer.from(plain, encoding === 'utf-16le' ? 'utf16le' : 'latin1');
      const content = Buffer.concat([ascii('input,target\n'), bytes, ascii(',x\n')]);
      const dataset = await loaded('rows.csv', content, { encoding });
      assert.deepEqual(rowsOf(dataset), [[text, 'x']]);
      assert.equal(dataset.encoding, encoding);
    }
    const broken = Buffer.concat([Buffer.from('input,target\n'), Buffer.from([0x82, 0xff, 0x2c])]);
    await assert.rejects(loaded('rows.csv', broken, { encoding: 'shift_jis' }), /SHIFT_JIS/u);
    await assert.rejects(
      loaded('rows.csv', 'a', { encoding: 'klingon' }),
      /"klingon" is not known/u,
    );
  });
});
