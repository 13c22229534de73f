import assert from 'node:assert/strict';
import { textDiff } from '../../../src/engine/compare/textDiff.ts';
import { presentPanel, presentRun } from '../../../src/panel/present.ts';
import { usePanel } from '../../support/panelFixture.ts';
import { longRun } from '../../support/panelLongRun.ts';
import { readyParts } from '../../support/panelStates.ts';

describe('A run of 2,000 trials in a browser', function () {
  this.timeout(60_000);
  const panel = usePanel();

  beforeEach(() => {
    const run = presentRun(longRun(2_000), { status: 'running', diff: textDiff });
    return panel.tell(presentPanel(readyParts({ run })));
  });

  const elements = (): Promise<number> =>
    panel.open.page.evaluate<number>(`document.querySelectorAll('*').length`);
  const trials = (): Promise<number[]> =>
    panel.open.page.evaluate<number[]>(
      `[...document.querySelectorAll('[data-trial]')].map(each => Number(each.dataset.trial))`,
    );

  it('keeps the document small, and begins with the newest', async () => {
    assert.ok((await elements()) <= 2_000, `${await elements()} elements`);
    assert.equal((await trials())[0], 2_000);
  });

  it('shows every trial to whoever scrolls there', async () => {
    const { page } = panel.open;
    const scroll = (to: string): Promise<unknown> =>
      page.evaluate(
        `(() => { const box = document.querySelector('.box:has(.trials)'); box.scrollTop = ${to}; })()`,
      );
    await scroll('box.scrollHeight / 2');
    await panel.open.until(`document.querySelector('[data-trial="1000"]')`);
    // What has been measured on the way makes the list a little longer or shorter.
    await scroll('box.scrollHeight');
    await scroll('box.scrollHeight');
    await panel.open.until(`(() => {
      const box = document.querySelector('.box:has(.trials)');
      box.scrollTop = box.scrollHeight;
      return document.querySelector('[data-trial="1"]');
    })()`);
    assert.ok((await elements()) <= 2_000, `${await elements()} elements`);
  });

  it('has every candidate in the lineage, and the notable points in the table', async () => {
    const { page } = panel.open;
    await panel.open.until(`(() => {
      const box = document.querySelector('.lineage');
      box.scrollTop = box.scrollHeight;
      return document.querySelector('[data-branch="2000"], [data-branch="6"]');
    })()`);
    assert.ok((await page.locator('[data-chart-table] tbody tr').count()) <= 100);
  });

  it('brings what is selected in the chart into sight in both lists', async () => {
    const run = presentRun(longRun(2_000), {
      status: 'running',
      diff: textDiff,
      selectedTrial: 700,
    });
    await panel.tell(presentPanel(readyParts({ run })));
    await panel.open.until(`document.querySelector('tbody.open[data-trial="700"]')`);
    assert.ok((await elements()) <= 2_000, `${await elements()} elements`);
  });
});
