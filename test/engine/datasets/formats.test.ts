import assert from 'node:assert/strict';
import { dialectOf } from '../../../src/engine/datasets/delimiter.ts';
import { newRecordCutter } from '../../../src/engine/datasets/csvRecords.ts';
import { jsonCells } from '../../../src/engine/datasets/jsonCells.ts';
import { newElementCutter } from '../../../src/engine/datasets/jsonElements.ts';
import { loaded } from './tempFiles.ts';

describe('Delimiters', () => {
  it('are found by what the first rows agree on', () => {
    assert.equal(dialectOf('a,b\n1,2\n', 'csv').delimiter, ',');
    assert.equal(dialectOf('a;b\n1,5;2,5\n', 'csv').delimiter, ';');
    assert.equal(dialectOf('a\tb\n1\t2\n', 'csv').delimiter, '\t');
    assert.equal(dialectOf('a|b\n1|2\n', 'csv').delimiter, '|');
    assert.equal(dialectOf('a,b\n"1;2;3;4",2\n"1;2",3\n', 'csv').delimiter, ',');
    assert.equal(dialectOf('a\tb\n"x, y"\t2, 3\n', 'tsv').delimiter, '\t');
    assert.equal(dialectOf('text\nDear Sir, I write, you read\nno comma\n', 'csv').delimiter, ',');
  });

  it('are taken from Excel’s sep line', async () => {
    assert.deepEqual(dialectOf('sep=;\na;b\n', 'csv'), { delimiter: ';', sepLine: true });
    const dataset = await loaded('rows.csv', 'sep=;\ninput;target\na;b\n');
    assert.equal(dataset.examples[0]?.line, 3);
  });
});

describe('Quotes of a CSV row', () => {
  it('are told apart: in order, bare, or followed by text', () => {
    assert.equal(faultOf('a,b', ','), 'none');
    assert.equal(faultOf('"a ""b"", c",""\r', ','), 'none');
    assert.equal(faultOf('a 6" nail,b', ','), 'bare');
    assert.equal(faultOf('"a"b,c', ','), 'after-closing');
    assert.equal(faultOf('x,"a" ,c', ','), 'after-closing');
    assert.equal(faultOf('"a";"b"', ';'), 'none');
  });
});

/** The fault of a text's only row. */
function faultOf(text: string, delimiter: string): string | undefined {
  const [record, ...more] = newRecordCutter('rows.csv', delimiter).cut(`${text}\n `);
  assert.deepEqual(more, []);
  return record?.fault;
}

describe('Headers', () => {
  it('may not hold a name twice', async () => {
    await assert.rejects(
      loaded('rows.csv', 'input,target,input\na,b,c\n'),
      /rows\.csv, line 1: two columns are called "input"\. Rename one/u,
    );
  });

  it('give a column without a name one, and warn', async () => {
    const dataset = await loaded('rows.csv', ',input,target\n0,a,b\n');
    assert.deepEqual(dataset.columns, ['column 1', 'input', 'target']);
    assert.match(dataset.warnings?.[0]?.message ?? '', /column 1 has no name/u);
  });
});

describe('Columns of JSON rows', () => {
  it('are listed up to a thousand, however many names the rows bring', async () => {
    const rows = Array.from({ length: 1500 }, (_, at) => `{"input":"a","target":"b","id${at}":1}`);
    const dataset = await loaded('rows.jsonl', rows.join('\n'));
    assert.equal(dataset.columns.length, 1000);
    assert.equal(dataset.rows, 1500);
  });
});

describe('A JSON row', () => {
  it('keeps members as written, and null as missing', () => {
    const text = '{"a":"\\u00e9\\n","b":1e5,"c":null,"d":{"e":[",}"]},"f":true,"":""}';
    const row = jsonCells(text);
    assert.ok('cells' in row);
    assert.deepEqual(Object.fromEntries(row.cells), {
      a: 'é\n',
      b: '1e5',
      d: '{"e":[",}"]}',
      f: 'true',
      '': '',
    });
  });

  it('says what is wrong without quoting the row', () => {
    const row = jsonCells('{"secret": "swordfish", oops}');
    assert.ok('problem' in row);
    assert.match(row.problem, /not valid JSON/u);
    assert.doesNotMatch(row.problem, /swordfish/u);
  });

  it('warns of a name that stands twice', () => {
    const row = jsonCells('{"a":"1","a":null}');
    assert.ok('cells' in row);
    assert.equal(row.cells.has('a'), false);
    assert.match(row.warning ?? '', /stands twice/u);
  });
});

describe('A JSON file', () => {
  it('may hold its list in an object, before and after other members', async () => {
    const text =
      '{"about": {"x": "]"}, "n": 1,\n"examples": [\n{"input":"a","target":"b"}\n], "z": [1]}';
    const dataset = await loaded('rows.json', text);
    assert.deepEqual(
      dataset.examples.map(example => [example.expected, example.line]),
      [['b', 3]],
    );
  });

  it('may hold lists of something else before its rows', async () => {
    const text = '{"tags": ["a", ["b"]], "empty": [], "rows": [{"input":"a","target":"b"}]}';
    assert.equal((await loaded('rows.json', text)).rows, 1);
  });

  it('is cut into the same rows however its bytes come', () => {
    const rows = ['{"a": "x]\\"},["}', '[1, {"b": 2}]', 'null', '"\\\\"', '-1.5e3'];
    const text = ` [\n${rows.join(' ,\n')}\n] \n`;
    for (let size = 1; size <= text.length; size++) {
      const cutter = newElementCutter('rows.json');
      const found: string[] = [];
      for (let at = 0; at < text.length; at += size) {
        for (const { line, text: row } of cutter.cut(text.slice(at, at + size))) {
          found.push(row);
          assert.equal(line, found.length + 1);
        }
      }
      cutter.end();
      assert.deepEqual(found, rows);
    }
  });

  it('goes on behind a row that is none', async () => {
    const dataset = await loaded('rows.json', '[1,\n{"input":"a","target":"b"},\n{x},\n[2]]');
    assert.equal(dataset.rows, 1);
    assert.deepEqual(
      dataset.problems.map(problem => problem.line),
      [1, 3, 4],
    );
  });

  it('is refused with the line where brackets or commas are broken', async () => {
    const row = '{"input":"a","target":"b"}';
    const cases = [
      [`[${row},\n]`, 2, /a row is missing before "\]"/u],
      [`[${row},\n,${row}]`, 2, /a row is missing before ","/u],
      [`[${row}`, 1, /ends inside the list, after 0 whole rows/u],
      [`[${row}]\n${row}`, 2, /text follows after the end/u],
      ['{"a": 1}', 1, /not a list of rows/u],
      ['"text"', 1, /not a list of rows/u],
    ] as const;
    for (const [text, line, wanted] of cases) {
      await assert.rejects(loaded('rows.json', text), { line, message: wanted });
    }
  });
});
