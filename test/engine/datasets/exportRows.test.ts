import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Example } from '../../../src/engine/core/example.ts';
import type { Rollout } from '../../../src/engine/core/rollout.ts';
import { defuse, restore } from '../../../src/engine/datasets/csvText.ts';
import { newRecordCutter } from '../../../src/engine/datasets/csvRecords.ts';
import { exportRows } from '../../../src/engine/datasets/exportRows.ts';
import type { ResultRow } from '../../../src/engine/datasets/resultRow.ts';
import { describeWithCorpus, sharedCorpus } from './sharedCorpus.ts';

const options = { metrics: ['exact_match'], name: 'triage' };

function result(
  output: string,
  rest: Partial<Rollout> = {},
  example: Partial<Example> = {},
): ResultRow {
  return {
    example: {
      id: 'a1',
      inputs: { text: 'ticket' },
      expected: 'refund',
      origin: 'file',
      line: 2,
      ...example,
    },
    rollout: {
      jobId: 'j',
      candidateId: 'c',
      exampleId: 'a1',
      outcome: 'ok',
      output,
      scores: { exact_match: { value: output === 'refund' ? 1 : 0 } },
      usage: { calls: 1, inputTokens: 3, outputTokens: 1, estimated: false },
      ...rest,
    },
  };
}

/** The cells of a CSV text, read as our own reader reads them. */
function cellsOf(text: string, delimiter = ','): string[][] {
  const cutter = newRecordCutter('out.csv', delimiter);
  return [...cutter.cut(text), ...cutter.end()].map(record => {
    assert.equal(record.fault, 'none');
    return [...record.cells];
  });
}

const notScored = result('', { outcome: 'failed', scores: {}, failure: 'No answer <in time>.' });

describe('Results as CSV', () => {
  it('have a row for each row, and no number where there is no score', () => {
    const [header, first, second] = cellsOf(
      exportRows([result('refund'), notScored], 'csv', options),
    );
    assert.deepEqual(header, [
      'line',
      'id',
      'text',
      'expected',
      'output',
      'outcome',
      'exact_match',
      'failure',
    ]);
    assert.deepEqual(first, ['2', 'a1', 'ticket', 'refund', 'refund', 'ok', '1', '']);
    assert.deepEqual(second?.slice(4), ['', 'failed', '', 'No answer <in time>.']);
  });

  it('keep an input apart that is called like another column', () => {
    const row = result('x', {}, { inputs: { output: 'mine' } });
    assert.deepEqual(cellsOf(exportRows([row], 'csv', options))[0]?.[2], 'input.output');
  });

  it('give every text back exactly, raw or defused', () => {
    const text = fc.string({
      unit: fc.constantFrom('=', "'", '-', '1', 'a', '"', ',', '\t', '\r', '\n'),
    });
    fc.assert(
      fc.property(text, output => {
        assert.equal(restore(defuse(output)), output);
        for (const raw of [true, false]) {
          const cell =
            cellsOf(exportRows([result(output)], 'csv', { ...options, raw }))[1]?.[4] ?? '';
          assert.equal(raw ? cell : restore(cell), output);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describeWithCorpus('Formulas in exported cells', () => {
  const folder = join(sharedCorpus, 'bad-input/strings');
  const texts = [
    ...readFileSync(join(folder, 'csv_formula.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map(line => (JSON.parse(line) as { text: string }).text),
    ...readFileSync(join(folder, 'csv_injection_payloadbox.txt'), 'utf8').trim().split('\n'),
    ...(JSON.parse(readFileSync(join(folder, '../blns/blns.json'), 'utf8')) as string[]),
  ];
  for (const [format, delimiter] of [
    ['csv', ','],
    ['tsv', '\t'],
  ] as const) {
    it(`are defused in ${format.toUpperCase()}, and each text comes back exactly`, () => {
      assert.ok(texts.length > 500, String(texts.length));
      const rows = texts.map(text => result(text));
      const table = cellsOf(exportRows(rows, format, options), delimiter).slice(1);
      assert.equal(table.length, texts.length);
      table.forEach((cells, at) => {
        const cell = cells[4] ?? '';
        const plainNumber = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/iu.test(cell);
        if (!plainNumber) assert.doesNotMatch(cell, /^[=+\-@\t\r\n＝＋－＠]/u);
        assert.equal(restore(cell), texts[at]);
      });
    });
  }
});

describe('Results as JSON', () => {
  it('are one object a row, with null for what was not scored', () => {
    const lines = exportRows([result('refund'), notScored], 'jsonl', options)
      .trimEnd()
      .split('\n');
    const records = lines.map(line => JSON.parse(line) as { scores: unknown; inputs: unknown });
    assert.deepEqual(
      records.map(record => record.scores),
      [{ exact_match: 1 }, { exact_match: null }],
    );
    assert.deepEqual(JSON.parse(exportRows([result('refund')], 'json', options)), [records[0]]);
  });
});

describe('Results as JUnit XML', () => {
  it('count what passed, failed, broke and was skipped', () => {
    const rows = [
      result('refund'),
      result('other'),
      notScored,
      result('', { outcome: 'not-run', scores: {} }),
    ];
    const xml = exportRows(rows, 'junit', options);
    assert.match(xml, /<testsuite name="triage" tests="4" failures="1" errors="1" skipped="1">/u);
    assert.match(
      xml,
      /<failure message="exact_match is 0, below 1">expected: refund\nactual: other</u,
    );
    assert.match(xml, /<error message="No answer &lt;in time&gt;\.">/u);
    assert.match(
      exportRows([result('other')], 'junit', { ...options, passMark: 0 }),
      /failures="0"/u,
    );
  });

  it('hold no character that XML forbids, and no text as markup', () => {
    const nasty = ']]>&<a b="c">\0\u001b[31m\ud800\uffff\r\n"';
    const xml = exportRows([result(nasty)], 'junit', { ...options, name: nasty });
    assert.doesNotMatch(xml, /[\0-\x08\x0b\x0c\x0e-\x1f\uffff]|\p{Surrogate}/u);
    assert.doesNotMatch(xml, /<a |\r/u);
    assert.match(xml, /\\u0000\\u001b\[31m\\ud800\\uffff&#13;/u);
  });
});
