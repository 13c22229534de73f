import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDataset } from '../../../src/engine/datasets/file.ts';
import { jsonCells } from '../../../src/engine/datasets/jsonCells.ts';
import { readTable } from '../../../src/engine/datasets/table.ts';
import { describeWithCorpus, sharedCorpus } from './sharedCorpus.ts';

describeWithCorpus('csv-spectrum', () => {
  const folder = join(sharedCorpus, 'bad-input/csv-spectrum');
  const names = [
    'comma_in_quotes',
    'empty',
    'empty_crlf',
    'escaped_quotes',
    'json',
    'location_coordinates',
    'newlines',
    'newlines_crlf',
    'quotes_and_newlines',
    'simple',
    'simple_crlf',
    'utf8',
  ];
  for (const name of names) {
    it(`reads ${name} as its authors meant it`, async () => {
      const json: unknown = JSON.parse(readFileSync(join(folder, 'json', `${name}.json`), 'utf8'));
      const wanted = (Array.isArray(json) ? json : [json]) as Record<string, string>[];
      const rows: Record<string, string>[] = [];
      const file = await openDataset(join(folder, 'csvs', `${name}.csv`));
      for await (const events of readTable(file)) {
        for (const event of events) {
          assert.notEqual(event.kind, 'problem');
          if (event.kind === 'row') rows.push(Object.fromEntries(event.row.cells));
        }
      }
      if (name === 'location_coordinates') {
        // Upstream's two files name different telephone numbers; the other columns are compared.
        for (const row of [...rows, ...wanted]) row['Contact Phone Number'] = '';
      }
      assert.deepEqual(rows, wanted);
    });
  }
});

describeWithCorpus('JSONTestSuite, each text as one line of JSONL', () => {
  const file = join(sharedCorpus, 'bad-input/jsontestsuite.jsonl');
  it('takes none of the texts that must be rejected for a row', () => {
    const tests = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as { name: string; expect: string; base64: string });
    let rejected = 0;
    let objects = 0;
    for (const test of tests) {
      const bytes = Buffer.from(test.base64, 'base64');
      let text: string;
      try {
        text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
      } catch {
        continue;
      }
      const row = jsonCells(text);
      if (test.expect === 'reject') {
        assert.ok('problem' in row, test.name);
        rejected++;
      }
      if (test.expect === 'accept' && text.trim().startsWith('{')) {
        assert.ok('cells' in row, test.name);
        objects++;
      }
    }
    assert.ok(rejected > 150 && objects > 10, `${rejected} rejected, ${objects} objects`);
  });
});
