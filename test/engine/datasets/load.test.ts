import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CancelledError, DatasetError } from '../../../src/engine/core/errors.ts';
import { loadDataset } from '../../../src/engine/datasets/load.ts';
import { loaded, written } from './tempFiles.ts';

const needs = { inputNames: ['input'], needsExpected: true };

describe('Loading a dataset', () => {
  it('makes an example of each row, with the line where it begins', async () => {
    const dataset = await loaded('rows.csv', 'input,target\r\n"two\r\nlines",a\r\n\r\nplain,b\r\n');
    assert.equal(dataset.name, 'rows.csv');
    assert.deepEqual(
      dataset.examples.map(({ inputs, expected, origin, line }) => [
        inputs,
        expected,
        origin,
        line,
      ]),
      [
        [{ input: 'two\r\nlines' }, 'a', 'file', 2],
        [{ input: 'plain' }, 'b', 'file', 5],
      ],
    );
    assert.deepEqual(dataset.mapping, { inputs: { input: 'input' }, expected: 'target' });
  });

  it('goes on behind a broken row, and lists the row with its line', async () => {
    const dataset = await loaded('rows.csv', 'input,target\na,1\nb\n"c"x,3\n"d\nd",4,5\ne,6\n');
    assert.deepEqual(
      dataset.examples.map(example => example.expected),
      ['1', '6'],
    );
    assert.deepEqual(
      dataset.problems.map(problem => problem.line),
      [3, 4, 5],
    );
    assert.match(dataset.problems[0]?.message ?? '', /one cell where the header has 2/u);
    assert.match(dataset.problems[1]?.message ?? '', /closing quote/u);
    assert.deepEqual(
      dataset.examples.map(example => example.line),
      [2, 7],
    );
  });

  it('keeps the rows before a quote that never closes', async () => {
    const dataset = await loaded('rows.csv', 'input,target\na,1\nb,2\n"c,3\nd,4\n');
    assert.equal(dataset.rows, 2);
    assert.deepEqual(
      dataset.problems.map(problem => problem.line),
      [4],
    );
    assert.match(dataset.problems[0]?.message ?? '', /never closes/u);
  });

  it('keeps the good lines of JSONL, and names the bad bytes’ line', async () => {
    const text = Buffer.concat([
      Buffer.from('{"input":"a","target":"1"}\n{"input":"'),
      Buffer.from([0xe9]),
      Buffer.from('","target":"2"}\n{"input":"c","target":3}'),
    ]);
    const dataset = await loaded('rows.jsonl', text);
    assert.deepEqual(
      dataset.examples.map(example => example.expected),
      ['1', '3'],
    );
    assert.deepEqual(
      dataset.problems.map(problem => problem.line),
      [2],
    );
    assert.match(dataset.problems[0]?.message ?? '', /not UTF-8/u);
  });

  it('tells a missing cell from an empty one', async () => {
    const dataset = await loaded(
      'rows.jsonl',
      '{"input":"a","target":""}\n{"input":"b"}\n{"input":"c","target":null}\n{"target":"d"}\n' +
        '{"input":" ","target":"e"}\n{"input":"f","target":0}\n',
    );
    assert.deepEqual(
      dataset.examples.map(example => example.expected),
      ['', '0'],
    );
    assert.deepEqual(dataset.problems, [
      {
        line: 2,
        message: 'the expected answer "target" is missing; fill it in or remove the row.',
      },
      {
        line: 3,
        message: 'the expected answer "target" is missing; fill it in or remove the row.',
      },
      { line: 4, message: 'the input "input" is missing; fill it in or remove the row.' },
      { line: 5, message: 'the input "input" is empty; fill it in or remove the row.' },
    ]);
    assert.equal(dataset.warnings?.[0]?.line, 1);
  });

  it('keeps numbers as written and nested values as JSON text', async () => {
    const dataset = await loaded(
      'rows.json',
      '[{"input": 9007199254740993, "target": 1.10},\n {"input": {"a": [1, 2.50]}, "target": [true]}]',
    );
    assert.deepEqual(
      dataset.examples.map(({ inputs, expected, line }) => [inputs['input'], expected, line]),
      [
        ['9007199254740993', '1.10', 1],
        ['{"a": [1, 2.50]}', '[true]', 2],
      ],
    );
  });

  it('keeps a column called __proto__ and changes no prototype', async () => {
    const dataset = await loaded(
      'rows.jsonl',
      '{"__proto__":{"polluted":true},"input":"a","target":"b"}\n',
      { mapping: { inputs: { __proto: '__proto__', input: 'input' } } },
    );
    assert.equal(dataset.examples[0]?.inputs['__proto'], '{"polluted":true}');
    assert.equal('polluted' in {}, false);
  });

  it('needs no expected answer where the metric needs none', async () => {
    const dataset = await loaded('rows.csv', 'input\na\nb\n', { needsExpected: false });
    assert.equal(dataset.rows, 2);
    assert.equal('expected' in (dataset.examples[0] ?? {}), false);
  });

  it('gives a row the same id in every format and place, and repeated rows ids of their own', async () => {
    const csv = await loaded('rows.csv', 'id,input,target\n1,"a\r\nb",x\n2,c,y\n3,c,y\n4,c,y\n');
    const json = await loaded(
      'rows.jsonl',
      '{"input":"c","target":"y"}\n{"target":"x","input":"a\\nb"}',
    );
    const ids = csv.examples.map(example => example.id);
    assert.equal(ids[0], json.examples[1]?.id);
    assert.equal(ids[1], json.examples[0]?.id);
    assert.deepEqual(ids.slice(2), [`${ids[1]}~2`, `${ids[1]}~3`]);
    assert.match(ids[0] ?? '', /^[0-9a-f]{16}$/u);
  });

  it('changes its fingerprint with the rows and the mapping, and with nothing else', async () => {
    const table = 'id,input,other,target\n1,a,o,x\n2,b,p,y\n';
    const same = await loaded('one.csv', table);
    const { fingerprint } = same;
    assert.equal((await loaded('two.csv', table.replaceAll(',', ';'))).fingerprint, fingerprint);
    assert.equal((await loaded('three.csv', table.replace('1,a', '7,a'))).fingerprint, fingerprint);
    assert.notEqual((await loaded('four.csv', table.replace(',y', ',z'))).fingerprint, fingerprint);
    const mapping = { inputs: { input: 'other' } };
    assert.notEqual((await loaded('five.csv', table, { mapping })).fingerprint, fingerprint);
  });

  it('warns of repeated rows, contradicting rows and text that cannot be seen', async () => {
    const dataset = await loaded('rows.csv', 'input,target\na,x\na,x\na,y\nb\u202e,z\n');
    const lines = dataset.warnings?.map(warning => warning.line);
    assert.deepEqual(lines, [3, 4, 5]);
    assert.deepEqual(dataset.problems, []);
  });

  it('stops when it is cancelled', async () => {
    const path = written('rows.csv', 'input,target\na,x\n');
    const signal = AbortSignal.abort();
    await assert.rejects(loadDataset(path, needs, signal), CancelledError);
  });

  it('counts the problems that it no longer lists', async () => {
    const dataset = await loaded('rows.csv', `input,target\na,x\n${'broken\n'.repeat(1500)}`);
    assert.equal(dataset.problems.length, 1001);
    assert.match(dataset.problems.at(-1)?.message ?? '', /^500 more rows/u);
  });

  it('finds good rows behind many broken ones', async () => {
    const dataset = await loaded('rows.csv', `input,target\n${'broken\n'.repeat(500)}a,x\n`);
    assert.equal(dataset.rows, 1);
  });

  it('refuses a row above 10 MB with its line, in every format', async () => {
    const long = 'x'.repeat(10_500_000);
    const files: readonly (readonly [string, string])[] = [
      ['long.csv', `input,target\na,x\n${long},y\n`],
      ['quote.csv', `input,target\na,x\n"${long}`],
      ['long.jsonl', `{"input":"a","target":"x"}\n\n{"input":"${long}","target":"y"}\n`],
      ['long.json', `[{"input":"a","target":"x"},\n\n{"input":"${long}","target":"y"}]`],
    ];
    for (const [name, text] of files) {
      await assert.rejects(loaded(name, text), (error: unknown) => {
        assert.ok(error instanceof DatasetError);
        assert.match(error.message, /larger than 10 MB/u);
        assert.equal(error.line, 3);
        return true;
      });
    }
  }).timeout(60_000);

  it('reads back any table that a CSV writer writes', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ' ', '"', ',', '\n', '\r\n', ';', 'é') });
    const rows = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(rows, async table => {
        const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
        const lines = table.map(([input, target]) => `${quoted(`x${input}`)},${quoted(target)}`);
        const dataset = await loaded('table.csv', `input,target\n${lines.join('\n')}\n`);
        assert.deepEqual(
          dataset.examples.map(example => [example.inputs['input'], example.expected]),
          table.map(([input, target]) => [`x${input}`, target]),
        );
        let line = 2;
        table.forEach(([input, target], at) => {
          assert.equal(dataset.examples[at]?.line, line);
          line += 1 + (`${input} ${target}`.match(/\n/gu)?.length ?? 0);
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe('Drawing a sample', () => {
  const table = `input,target\n${Array.from({ length: 400 }, (_, row) => `row ${row},x`).join('\n')}\n`;

  it('keeps as many rows as asked, in the order of the file, and counts them all', async () => {
    const dataset = await loaded('rows.csv', table, { sampleRows: 50 });
    assert.equal(dataset.examples.length, 50);
    assert.equal(dataset.rows, 400);
    const lines = dataset.examples.map(example => example.line);
    assert.deepEqual(
      lines,
      [...lines].sort((left, right) => left - right),
    );
  });

  it('draws the same rows for the same seed, others for another', async () => {
    const draw = async (seed: number): Promise<string[]> => {
      const { examples } = await loaded('rows.csv', table, { sampleRows: 50, seed });
      return examples.map(example => example.id);
    };
    assert.deepEqual(await draw(1), await draw(1));
    assert.notDeepEqual(await draw(1), await draw(2));
  });

  it('changes by one row at most where one row is added', async () => {
    const before = await loaded('rows.csv', table, { sampleRows: 50 });
    const after = await loaded('rows.csv', table.replace('\n', '\nnew row,x\n'), {
      sampleRows: 50,
    });
    const kept = new Set(after.examples.map(example => example.id));
    const lost = before.examples.filter(example => !kept.has(example.id));
    assert.ok(lost.length <= 1);
  });
});
