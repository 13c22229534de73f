import assert from 'node:assert/strict';
import { chmodSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { appendRow } from '../../../src/engine/datasets/appendRow.ts';
import { loadDataset } from '../../../src/engine/datasets/load.ts';
import { written } from './tempFiles.ts';

const row = { input: 'new', expected: 'b' };

/** What a file holds after the row was added. */
async function appended(name: string, content: string | Uint8Array, cells = row): Promise<string> {
  const path = written(name, content);
  await appendRow(path, cells);
  return readFileSync(path, 'utf8');
}

describe('Adding a row to CSV and TSV', () => {
  it('keeps delimiter, quoting, line ends and a missing final line end', async () => {
    const cases: readonly (readonly [string, string, string])[] = [
      ['a.csv', 'input,expected\na,x\n', 'new,b\n'],
      ['a.csv', 'input,expected\na,x', '\nnew,b'],
      ['a.csv', 'input;expected\r\na;x\r\n', 'new;b\r\n'],
      ['a.csv', '"input","expected"\n"a","x"\n', '"new","b"\n'],
      ['a.csv', 'sep=|\ninput|expected\na|x\n', 'new|b\n'],
      ['a.tsv', 'expected\tid\tinput\nx\t1\ta\n', 'b\t\tnew\n'],
      ['a.csv', 'input,expected\ra,x\r', 'new,b\r'],
      ['a.csv', 'input,expected\n', 'new,b\n'],
    ];
    for (const [name, before, added] of cases) {
      assert.equal(await appended(name, before), before + added);
    }
  });

  it('keeps the byte-order mark and the encoding', async () => {
    assert.equal(
      await appended('a.csv', '\ufeffinput,expected\na,x\n'),
      '\ufeffinput,expected\na,x\nnew,b\n',
    );
    const path = written('a.csv', Buffer.from('\ufeffinput;expected\r\nä;x\r\n', 'utf16le'));
    await appendRow(path, { input: 'ü😀', expected: '' });
    assert.equal(
      readFileSync(path).toString('utf16le'),
      '\ufeffinput;expected\r\nä;x\r\nü😀;""\r\n',
    );
  });

  it('says the line of the new row, and for which columns there is no place', async () => {
    const path = written('a.csv', 'input,expected\n"two\nlines",x');
    assert.deepEqual(await appendRow(path, { ...row, note: 'why' }), {
      line: 4,
      leftOut: ['note'],
    });
    assert.equal((await loadHere(path)).examples[1]?.line, 4);
  });

  it('refuses a row that would be lost, and leaves the file as it was', async () => {
    const cases: readonly (readonly [string, string, RegExp])[] = [
      ['a.csv', 'input,expected\n"a,x\n', /line 2: a quote opens here and never closes/u],
      ['a.csv', 'text,label\na,x\n', /no column fits the row; there are "text", "label"/u],
      ['a.yaml', '- input: a\n', /to a CSV, TSV, JSON or JSON Lines file/u],
      ['a.json', '{"input": ["a"], "expected": ["x"]}', /no list of objects/u],
      ['a.json', '[{"input": "a"}', /ends inside the list/u],
    ];
    for (const [name, content, wanted] of cases) {
      const path = written(name, content);
      await assert.rejects(appendRow(path, row), wanted);
      assert.equal(readFileSync(path, 'utf8'), content);
    }
    const path = written('a.csv', 'input,expected\na,x\n');
    await assert.rejects(appendRow(path, { input: '\ud800' }), /half a character/u);
  });

  it('reads back every row, whatever was in the file and in the row', async () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', ' ', '"', ',', ';', '\n', '\r\n', '\t', 'é', '😀', "'", '='),
    });
    const form = fc.record({
      delimiter: fc.constantFrom(',', ';', '\t', '|'),
      lineEnd: fc.constantFrom('\n', '\r\n'),
      ends: fc.boolean(),
      quoteAll: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(form, cell, cell, async ({ delimiter, lineEnd, ends, quoteAll }, a, b) => {
        const quote = (text: string): string => (quoteAll ? `"${text}"` : text);
        const lines = ['input', 'old'].map((first, at) =>
          [quote(first), quote(at === 0 ? 'expected' : 'x')].join(delimiter),
        );
        const before = lines.join(lineEnd) + (ends ? lineEnd : '');
        const path = written('rows.csv', before);
        const { line } = await appendRow(path, { input: `i${a}`, expected: b });
        assert.ok(readFileSync(path, 'utf8').startsWith(before));
        const { examples } = await loadHere(path);
        assert.deepEqual(
          examples.map(each => [each.inputs['input'], each.expected]),
          [
            ['old', 'x'],
            [`i${a}`, b],
          ],
        );
        assert.equal(examples[1]?.line, line);
      }),
      { numRuns: 60 },
    );
  });
});

describe('Adding a row to JSON Lines and JSON', () => {
  it('adds a line, with the line ends of the file', async () => {
    const line = '{"input":"a","expected":"x"}';
    const added = '{"input":"new","expected":"b"}';
    assert.equal(await appended('a.jsonl', `${line}\n`), `${line}\n${added}\n`);
    assert.equal(await appended('a.jsonl', `${line}\r\n${line}`), `${line}\r\n${line}\r\n${added}`);
    assert.equal(await appended('a.jsonl', line), `${line}\n${added}`);
  });

  it('adds an element to the list, indented as the one before', async () => {
    const cases: readonly (readonly [string, string])[] = [
      ['[{"input":"a"}]', '[{"input":"a"},{"input":"new","expected":"b"}]'],
      [
        '[\n  {"input": "a"}\n]\n',
        '[\n  {"input": "a"},\n  {"input": "new", "expected": "b"}\n]\n',
      ],
      [
        '{"data": [\n    {\n      "input": "a"\n    }\n  ], "n": 1}',
        '{"data": [\n    {\n      "input": "a"\n    },\n    {\n      "input": "new",\n      "expected": "b"\n    }\n  ], "n": 1}',
      ],
      ['[]', '[{"input": "new", "expected": "b"}]'],
    ];
    for (const [before, after] of cases) assert.equal(await appended('a.json', before), after);
  });

  it('reads back the line of the new row', async () => {
    const path = written('a.json', '[\n  {\n    "input": "a",\n    "expected": "x"\n  }\n]\n');
    const { line } = await appendRow(path, { input: 'é "quoted"\n', expected: 'b' });
    const added = (await loadHere(path)).examples[1];
    assert.deepEqual([added?.line, added?.inputs['input']], [line, 'é "quoted"\n']);
  });
});

describe('The file to which a row is added', () => {
  it('keeps its rights, follows a link to the file itself, and leaves nothing beside it', async () => {
    const path = written('rights.csv', 'input,expected\na,x\n');
    chmodSync(path, 0o640);
    const link = join(dirname(path), `link-${Date.now()}.csv`);
    symlinkSync(path, link);
    await appendRow(link, row);
    assert.equal(statSync(path).mode & 0o777, 0o640);
    assert.match(readFileSync(path, 'utf8'), /new,b\n$/u);
    assert.deepEqual(
      readdirSync(dirname(path)).filter(name => name.endsWith('.tmp')),
      [],
    );
  });
});

function loadHere(path: string) {
  return loadDataset(path, { inputNames: ['input'], needsExpected: true });
}
