import assert from 'node:assert/strict';
import { presentBreakdown } from '../../src/panel/presentBreakdown.ts';
import { aBreakdown, judgedEvents } from '../support/panelBreakdown.ts';
import { foldRun } from '../support/panelBuilders.ts';
import { liveEvents } from '../support/panelRuns.ts';

describe('The rows behind a verdict', () => {
  const judged = foldRun(judgedEvents());

  it('are not shown before there is a verdict', () => {
    assert.equal(presentBreakdown(foldRun(liveEvents()), aBreakdown()), undefined);
  });

  it('are counted by expected and answered label, shaded by their share of the expected', () => {
    const { before, after } = presentBreakdown(judged, aBreakdown()) ?? assert.fail();
    assert.deepEqual(before?.cells[0], [
      { count: 10, heat: 2, isRight: true },
      { count: 8, heat: 2, isRight: false },
      { count: 2, heat: 1, isRight: false },
      { count: 2, heat: 1, isRight: false },
      { count: 0, heat: 0, isRight: false },
    ]);
    assert.equal(after?.cells[0]?.[0]?.count, 19);
  });

  it('have no picture where there are too many labels for one', () => {
    const many = Array.from({ length: 13 }, (_, at) => `label ${at}`);
    const { original, best } = aBreakdown();
    const confusion = { metric: 'accuracy', labels: many, counts: [], others: [] };
    const found = { original: { ...original, confusion }, best: { ...best, confusion } };
    const { before, after } = presentBreakdown(judged, found) ?? assert.fail();
    assert.deepEqual([before, after], [undefined, undefined]);
  });

  it('are sliced by a column with the score before and after', () => {
    const { slices } = presentBreakdown(judged, aBreakdown()) ?? assert.fail();
    assert.deepEqual(slices[0], {
      column: 'queue',
      value: 'refund',
      rows: '20',
      before: { figure: '0.50', interval: '[0.28, 0.72]' },
      after: { figure: '0.95', interval: '[0.73, 1.00]' },
    });
  });
});
