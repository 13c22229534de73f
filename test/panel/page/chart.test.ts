import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { presentPanel } from '../../../src/panel/present.ts';
import { usePanel } from '../../support/panelFixture.ts';
import { liveEvents, viewOf } from '../../support/panelRuns.ts';
import { readyParts } from '../../support/panelStates.ts';

describe('The chart and the lineage in a browser', function () {
  this.timeout(60_000);
  const panel = usePanel();

  const show = (selected?: number): Promise<void> =>
    panel.tell(presentPanel(readyParts({ run: viewOf(liveEvents(), 'running', selected) })));
  const readout = (): Locator => panel.open.page.locator('.chart .readout');

  it('reads every point to the arrow keys, and selects with Enter', async () => {
    await show();
    await panel.open.page.locator('.chart').focus();
    const read: string[] = [];
    for (const key of ['Home', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight']) {
      await panel.open.page.keyboard.press(key);
      read.push((await readout().innerText()).split(':')[0] ?? '');
    }
    assert.deepEqual(read, [
      'Original',
      'Trial 1, kept',
      'Trial 2, refused',
      'Trial 4, kept',
      'Trial 4, kept',
    ]);
    assert.equal(await readout().getAttribute('aria-live'), 'polite');
    await panel.open.page.keyboard.press('ArrowLeft');
    await panel.open.page.keyboard.press('Enter');
    assert.deepEqual((await panel.open.said()).at(-1), { type: 'trial-select', number: 2 });
  });

  it('reads the point under the pointer, also where another lies above it', async () => {
    await show();
    const found = await panel.open.page.evaluate<string[]>(`(() => {
      const chart = document.querySelector('.chart');
      const area = chart.querySelector('.u-over').getBoundingClientRect();
      const found = new Set();
      for (let x = 0; x < area.width; x += 4) {
        for (let y = 0; y < area.height; y += 4) {
          const at = { clientX: area.left + x, clientY: area.top + y, bubbles: true };
          chart.dispatchEvent(new PointerEvent('pointermove', at));
          found.add(chart.querySelector('.readout').textContent.split(':')[0]);
        }
      }
      return [...found];
    })()`);
    assert.deepEqual(found.sort(), [
      'Original',
      'Trial 1, kept',
      'Trial 2, refused',
      'Trial 4, kept',
    ]);
  });

  it('holds the same points as a table', async () => {
    await show();
    const rows = await panel.open.page.locator('[data-chart-table] tbody tr').allInnerTexts();
    assert.deepEqual(
      rows.map(row => row.split('\t').slice(0, 2)),
      [
        ['Original', 'original'],
        ['1', 'kept'],
        ['2', 'refused'],
        ['4', 'kept'],
      ],
    );
  });

  it('selects in the lineage what is selected elsewhere, and the reverse', async () => {
    await show(4);
    const selected = panel.open.page.locator('[role="treeitem"][aria-selected="true"]');
    assert.equal(await selected.getAttribute('data-branch'), '4');
    assert.equal(await panel.open.page.locator('tbody.open').getAttribute('data-trial'), '4');
    await panel.open.page.locator('[data-branch="2"]').click();
    assert.deepEqual((await panel.open.said()).at(-1), { type: 'trial-select', number: 2 });
  });

  it('selects the original in the chart, and shows it in the lineage and in the list', async () => {
    await show();
    await panel.open.page.locator('.chart').focus();
    for (const key of ['Home', 'Enter']) await panel.open.page.keyboard.press(key);
    assert.deepEqual((await panel.open.said()).at(-1), { type: 'trial-select', number: 0 });
    await show(0);
    const selected = panel.open.page.locator('[role="treeitem"][aria-selected="true"]');
    assert.equal(await selected.getAttribute('data-branch'), '0');
    const open = panel.open.page.locator('tbody.open');
    assert.equal(await open.getAttribute('data-trial'), '0');
    assert.match(await open.innerText(), /You sort support tickets/);
    assert.equal(await open.getByRole('button', { name: 'Open diff' }).count(), 0);
    await panel.open.page.locator('[data-branch="0"]').click();
    assert.deepEqual((await panel.open.said()).at(-1), { type: 'trial-select' });
  });

  it('walks the lineage with arrow keys, from the original on', async () => {
    await show();
    await panel.open.page.locator('[role="treeitem"][tabindex="0"]').focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'Enter'])
      await panel.open.page.keyboard.press(key);
    assert.deepEqual((await panel.open.said()).at(-1), { type: 'trial-select', number: 2 });
  });
});
