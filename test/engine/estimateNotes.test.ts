import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rowsToShow } from '../../src/engine/core/statistics.ts';
import type { OptimizeRequest } from '../../src/engine/index.ts';
import { wholeEngine } from '../support/wholeEngine.ts';

const request: Omit<OptimizeRequest, 'dataset'> = {
  promptName: 'triage',
  prompt: { system: 'Which team?', output: '' },
  metrics: ['accuracy'],
};

describe('The notes of an estimate', () => {
  it('say before a search how small a gain the rows that are kept aside can show', async () => {
    const notesOf = async (rows: number): Promise<{ notes: string; test: number }> => {
      const dataset = join(mkdtempSync(join(tmpdir(), 'engine-')), 'rows.csv');
      const lines = Array.from({ length: rows }, (_, at) => `ticket number ${at},billing`);
      writeFileSync(dataset, ['ticket,label', ...lines].join('\n'));
      const estimate = await wholeEngine().estimate({ ...request, dataset });
      return { notes: estimate.notes.join('\n'), test: estimate.rows.test };
    };
    const few = await notesOf(12);
    assert.ok(few.notes.includes(`judged on ${few.test} row`), few.notes);
    assert.match(few.notes, /kept aside: too few to show any gain where answers are right/);
    const [some, many] = [await notesOf(200), await notesOf(1000)];
    const shownBy = ({ notes, test }: typeof some): number => {
      const found = /judged on (\d+) rows kept aside: .* a gain of ([\d.]+) points or more/.exec(
        notes,
      );
      assert.equal(found?.[1], String(test), notes);
      return Number(found[2]);
    };
    // By Connor's formula of rowsToShow with 5 % of rows that get worse.
    assert.ok(rowsToShow(shownBy(some) / 100, 0.05) <= some.test);
    assert.ok(rowsToShow(shownBy(some) / 100 - 0.002, 0.05) > some.test);
    assert.ok(shownBy(many) < shownBy(some));
    const dataset = join(mkdtempSync(join(tmpdir(), 'engine-')), 'rows.csv');
    writeFileSync(dataset, 'ticket,label\na,billing\nb,legal\n');
    const evaluation = await wholeEngine().estimate({ ...request, dataset }, 'evaluate');
    assert.doesNotMatch(evaluation.notes.join('\n'), /kept aside/);
  });
});
