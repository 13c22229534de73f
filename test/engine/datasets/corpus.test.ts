import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatasetError } from '../../../src/engine/core/errors.ts';
import type { Dataset } from '../../../src/engine/core/example.ts';
import { loadDataset } from '../../../src/engine/datasets/load.ts';
import { openDataset } from '../../../src/engine/datasets/file.ts';
import { readTable } from '../../../src/engine/datasets/table.ts';
import { describeWithCorpus, sharedCorpus } from './sharedCorpus.ts';

interface Case {
  readonly file: string;
  readonly format: string;
  readonly fault: string;
  readonly expect: {
    readonly outcome: 'ok' | 'ok+warnings' | 'error';
    readonly rows?: number;
    readonly columns?: readonly string[];
    readonly cells?: Readonly<Record<string, string>>;
    readonly problems?: readonly string[];
  };
}

interface Decision {
  readonly outcome: Case['expect']['outcome'];
  readonly rows?: number;
  readonly cells?: Readonly<Record<string, string>>;
  readonly why: string;
}

/** Where we decide otherwise than the corpus proposes: the outcome, the rows, and why. */
const decisions: Readonly<Record<string, Decision>> = {
  'json-bool-number-targets.json': {
    outcome: 'ok',
    cells: { '2.target': '1.0' },
    why: 'a number stays as written: 1.0 is not turned into 1',
  },
  'csv-trailing-blank-lines.csv': {
    outcome: 'ok',
    why: 'a blank line says nothing, so there is nothing to warn of',
  },
  'csv-text-after-quote.csv': {
    outcome: 'ok+warnings',
    rows: 1,
    why: 'the broken row is listed with its line and the good one goes on',
  },
  'csv-dup-ids.csv': { outcome: 'ok', why: 'an id column is no key here: rows have their own' },
  'json-number-ids.json': { outcome: 'ok', why: 'as for duplicate ids' },
  'csv-formula-cells.csv': {
    outcome: 'ok+warnings',
    why: 'its last rows have one input with two targets, which is worth a warning',
  },
  'csv-field-256k.csv': {
    outcome: 'ok',
    why: 'what is too long depends on the model; only a row above 10 MB is refused',
  },
  'jsonl-long-line.jsonl': { outcome: 'ok', why: 'as for the long field' },
  'tsv-lone-quote.tsv': {
    outcome: 'ok+warnings',
    rows: 1,
    why: 'TSV is read with CSV quoting; the quote that never closes is a problem with its line',
  },
  'json-deep-5000.json': { outcome: 'ok', why: 'deep nesting is text like any other' },
  'json-big-ints.json': { outcome: 'ok', why: 'numbers stay as written, so nothing is lost' },
  'json-nul-escape.json': {
    outcome: 'ok+warnings',
    why: 'a NUL is kept, and a person is told of what cannot be seen',
  },
  'json-nested-values.json': { outcome: 'ok', why: 'lists and objects are JSON text as written' },
  'json-null-values.json': {
    outcome: 'error',
    why: 'of its three rows two lack the input and one the target: no row is usable',
  },
  'parquet-int-target.parquet': { outcome: 'ok', why: 'whole numbers keep all their digits' },
  'parquet-list-target.parquet': { outcome: 'ok', why: 'lists are JSON text, as in JSON files' },
  'parquet-struct.parquet': { outcome: 'ok', why: 'structs are JSON text, as in JSON files' },
  'parquet-binary.parquet': {
    outcome: 'error',
    why: 'its only row holds bytes that are no text, so no row is usable',
  },
  'parquet-nulls.parquet': {
    outcome: 'error',
    why: 'one row lacks the input and the other the target: no row is usable',
  },
  'json-columnar.json': { outcome: 'ok', rows: 2, why: 'the corpus allows reading it' },
  'jsonl-openai-chat.jsonl': {
    outcome: 'ok',
    why: 'a conversation is read: what is asked is the input, the answer at the end is expected',
  },
  'jsonl-is-array.jsonl': { outcome: 'ok', rows: 2, why: 'the corpus allows reading it' },
  'jsonl-openai-evals.jsonl': {
    outcome: 'ok',
    rows: 2,
    why: '"ideal" is the usual name of the expected answer in that form',
  },
};

/** Words of our error for the faults that the corpus names. */
const words: Readonly<Record<string, RegExp>> = {
  encoding: /not UTF-8|encoding/u,
  empty: /is empty/u,
  'no-rows': /no rows/u,
  binary: /gzip|zip archive|not UTF-8/u,
  'lfs-pointer': /git lfs pull/u,
  shape: /list of rows|must be an object/u,
};

async function outcomeOf(file: string): Promise<Dataset | DatasetError> {
  try {
    return await loadDataset(file, { inputNames: ['input'], needsExpected: true });
  } catch (error) {
    if (error instanceof DatasetError) return error;
    throw error;
  }
}

describeWithCorpus('The corpus of broken and odd files', () => {
  const folder = join(sharedCorpus, 'bad-input/generated');
  const manifest = existsSync(folder) ? readFileSync(join(folder, 'manifest.jsonl'), 'utf8') : '';
  const cases = manifest
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Case);

  it('has 144 files, and each decision of ours names one', () => {
    assert.equal(cases.length, 144);
    const files = new Set(cases.map(each => each.file));
    assert.deepEqual(
      Object.keys(decisions).filter(file => !files.has(file)),
      [],
    );
  });

  for (const each of cases) {
    const decision = decisions[each.file];
    const wanted = decision?.outcome ?? each.expect.outcome;
    const why = decision ? `; the corpus proposes ${each.expect.outcome}, but ${decision.why}` : '';
    it(`${each.file} (${each.fault}): ${wanted}${why}`, async () => {
      const result = await outcomeOf(join(folder, each.file));
      if (result instanceof DatasetError) {
        assert.equal(wanted, 'error', result.message);
        assert.ok(result.message.startsWith(each.file), result.message);
        for (const problem of each.expect.problems ?? []) {
          assert.match(result.message, words[problem] ?? /./u);
          const line = /:line (\d+)/u.exec(problem)?.[1];
          if (line !== undefined) assert.equal(result.line, Number(line));
        }
        return;
      }
      const told = [...result.problems, ...(result.warnings ?? [])];
      assert.equal(told.length > 0 ? 'ok+warnings' : 'ok', wanted, JSON.stringify(told));
      const rows = decision?.rows ?? each.expect.rows;
      if (rows !== undefined) assert.equal(result.rows, rows);
      if (each.expect.columns) assert.deepEqual(result.columns, each.expect.columns);
      for (const problem of each.expect.problems ?? []) {
        const line = /^(?:ragged|syntax|truncated|encoding|nul):line (\d+)/u.exec(problem)?.[1];
        if (line !== undefined)
          assert.ok(
            told.some(({ line: at }) => at === Number(line)),
            problem,
          );
      }
      const table: ReadonlyMap<string, string>[] = [];
      for await (const events of readTable(await openDataset(result.path))) {
        for (const event of events) if (event.kind === 'row') table.push(event.row.cells);
      }
      for (const [place, cell] of Object.entries({ ...each.expect.cells, ...decision?.cells })) {
        const dot = place.indexOf('.');
        assert.equal(table[Number(place.slice(0, dot))]?.get(place.slice(dot + 1)), cell);
      }
      for (const example of result.examples) {
        const texts = [...Object.values(example.inputs), example.expected ?? ''];
        for (const text of texts) assert.doesNotMatch(text, /\ufffd|\[object Object\]/u);
      }
      assert.equal('polluted' in {}, false);
    });
  }
});

describeWithCorpus('One table in many writings', () => {
  const names = [
    'parity.csv',
    'parity.tsv',
    'parity.json',
    'parity.jsonl',
    'parity_bom_crlf_quoteall.csv',
    'parity_semicolon_utf16le.csv',
    'parity_brotli.parquet',
    'parity_gzip.parquet',
    'parity_none.parquet',
    'parity_snappy.parquet',
    'parity_zstd.parquet',
  ];

  it('loads to the same 400 rows', async () => {
    const datasets: Dataset[] = [];
    // One after the other: a reader that shares a busy machine with ten others is taken for stuck.
    for (const name of names) {
      const path = join(sharedCorpus, 'formats', name);
      datasets.push(await loadDataset(path, { inputNames: [], needsExpected: true }));
    }
    assert.equal(new Set(datasets.map(dataset => dataset.fingerprint)).size, 1);
    for (const dataset of datasets) {
      assert.equal(dataset.rows, 400);
      assert.deepEqual(dataset.problems, []);
      assert.deepEqual(dataset.columns, ['id', 'input', 'target']);
      assert.deepEqual(
        dataset.examples.map(({ line: _, ...rest }) => rest),
        datasets[0]?.examples.map(({ line: _, ...rest }) => rest),
      );
    }
  }).timeout(60_000);
});
