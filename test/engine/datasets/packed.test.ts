import assert from 'node:assert/strict';
import { join } from 'node:path';
import { CancelledError } from '../../../src/engine/core/errors.ts';
import { loadDataset } from '../../../src/engine/datasets/load.ts';
import { previewDataset } from '../../../src/engine/datasets/preview.ts';
import { describeWithCorpus, sharedCorpus } from './sharedCorpus.ts';
import { loaded, written } from './tempFiles.ts';
import { workbookOf, zipOf } from './zipOf.ts';

const header = ['input', 'target'];

describe('Excel workbooks', () => {
  it('are read with their spaces, numbers and empty cells as they are', async () => {
    const rows = [header, ['  padded <b>\n ', 1.5], [null, 'x'], [true, 1e21], ['last', 0]];
    const dataset = await loaded('rows.xlsx', workbookOf({ Sheet1: rows }));
    assert.deepEqual(
      dataset.examples.map(({ inputs, expected, line }) => [inputs['input'], expected, line]),
      [
        ['  padded <b>\n ', '1.5', 2],
        ['true', '1e+21', 4],
        ['last', '0', 5],
      ],
    );
    assert.deepEqual(
      dataset.problems.map(problem => problem.line),
      [3],
    );
    assert.equal(dataset.format, 'xlsx');
  });

  it('are known by their content, whatever they are called', async () => {
    const bytes = workbookOf({ Sheet1: [header, ['a', 'b']] });
    assert.equal((await loaded('rows.csv', bytes)).rows, 1);
  });

  it('are read from the first sheet that has rows, and the others are named', async () => {
    const bytes = workbookOf({
      Empty: [],
      Cases: [header, ['a', 'b']],
      More: [header, ['c', 'd']],
    });
    const dataset = await loaded('rows.xlsx', bytes);
    assert.equal(dataset.examples[0]?.expected, 'b');
    assert.match(dataset.warnings?.[0]?.message ?? '', /sheet "Cases" is read; 1 more/u);
  });

  it('may have no name twice, and cells beyond the last column are told', async () => {
    await assert.rejects(
      loaded(
        'rows.xlsx',
        workbookOf({
          A: [
            ['input', 'input'],
            ['a', 'b'],
          ],
        }),
      ),
      /two columns are called "input"/u,
    );
    const wide = workbookOf({ A: [header, ['a', 'b', 'beyond']] });
    assert.match((await loaded('rows.xlsx', wide)).warnings?.[0]?.message ?? '', /to the right/u);
  });

  it('are refused before they are unpacked where they claim too much, or are something else', async () => {
    const whole = workbookOf({ A: [header, ['a', 'b']] });
    const cases: readonly (readonly [Uint8Array, RegExp])[] = [
      [zipOf({ 'xl/workbook.xml': 'x' }, () => 4e9), /unpacks to more than 200 MB/u],
      [zipOf({ 'readme.txt': 'x' }), /holds no workbook/u],
      [whole.subarray(0, whole.length - 30), /its directory is missing/u],
      [zipOf({ 'xl/workbook.xml': '<a><b' }), /no Excel workbook that can be read/u],
      [workbookOf({ A: [] }), /no rows/u],
    ];
    for (const [bytes, wanted] of cases) await assert.rejects(loaded('rows.xlsx', bytes), wanted);
  });

  it('that lie about their size end in an error too', async () => {
    const bomb = zipOf(
      { 'xl/workbook.xml': Buffer.alloc(80_000_000, 32), 'xl/_rels/workbook.xml.rels': 'x' },
      () => 1000,
    );
    await assert.rejects(loaded('rows.xlsx', bomb), /rows\.xlsx: /u);
  }).timeout(20_000);
});

describeWithCorpus('Parquet files', () => {
  const folder = join(sharedCorpus, 'bad-input');

  it('keep decimals, times, whole numbers and lists to the last digit', async () => {
    const { rows, described } = await previewDataset(
      join(folder, 'generated/parquet-types.parquet'),
    );
    assert.equal(rows[0]?.['target'], '1.10');
    assert.ok(described?.some(column => column.type === 'date'));
    const whole = await previewDataset(join(folder, 'generated/parquet-int-target.parquet'));
    assert.equal(whole.rows[0]?.['target'], '9007199254740993');
    const list = await previewDataset(join(folder, 'generated/parquet-list-target.parquet'));
    assert.match(list.rows[0]?.['target'] ?? '', /^\["/u);
    const decimals = await previewDataset(join(folder, 'parquet/data/byte_array_decimal.parquet'));
    assert.deepEqual(Object.values(decimals.rows[0] ?? {}), ['1.00']);
  });

  it('keep a column called __proto__', async () => {
    const path = join(folder, 'generated/parquet-proto-column.parquet');
    const { columns, rows } = await previewDataset(path);
    assert.ok(columns.includes('__proto__'));
    assert.equal(Object.hasOwn(rows[0] ?? {}, '__proto__'), true);
  });

  it('say what is wrong with them', async () => {
    const cases = [
      ['generated/parquet-truncated.parquet', /may be truncated/u],
      ['generated/parquet-no-tail-magic.parquet', /magic bytes PAR1/u],
      ['generated/parquet-footer-too-long.parquet', /metadata length 2147483647/u],
      ['parquet/data/large_string_map.brotli.parquet', /unpacks to more than 64 MB/u],
      ['parquet/data/datapage_v1-corrupt-checksum.parquet', /checksum of a page is wrong/u],
      ['parquet/data/rle-dict-uncompressed-corrupt-checksum.parquet', /checksum of a page/u],
      ['parquet/data/uniform_encryption.parquet.encrypted', /encrypted/u],
    ] as const;
    for (const [name, wanted] of cases) {
      await assert.rejects(previewDataset(join(folder, name)), wanted);
    }
  });
});

describe('The thread that reads', () => {
  const table = `input,target\n${'some text,label\n'.repeat(40_000)}`;

  it('gives the same dataset as the caller’s own', async () => {
    const large = await loaded('large.csv', table, { sampleRows: 50 });
    const small = await loaded('small.csv', table.slice(0, 200_013), { sampleRows: 50 });
    assert.equal(large.rows, 40_000);
    assert.deepEqual(large.mapping, small.mapping);
    assert.equal(large.examples[0]?.id, small.examples[0]?.id);
  });

  it('brings an error with file, line and remedy', async () => {
    await assert.rejects(loaded('large.csv', `${table}"a`, { mapping: { expected: 'nothing' } }), {
      name: 'DatasetError',
      remedy: 'choose-columns',
      message: /large\.csv: there is no column "nothing"/u,
    });
    const bytes = Buffer.concat([Buffer.from(table), Buffer.from([0xff])]);
    await assert.rejects(loaded('large.csv', bytes), { line: 40_002, file: 'large.csv' });
  });

  it('ends at once when it is cancelled', async () => {
    const path = written('large.csv', table.repeat(20));
    const stop = new AbortController();
    const start = performance.now();
    const reading = loadDataset(path, { inputNames: ['input'], needsExpected: true }, stop.signal);
    setTimeout(() => stop.abort(), 50);
    await assert.rejects(reading, CancelledError);
    assert.ok(performance.now() - start < 10_000);
  });
});
