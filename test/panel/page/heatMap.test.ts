import assert from 'node:assert/strict';
import { textDiff } from '../../../src/engine/compare/textDiff.ts';
import type { RunState } from '../../../src/engine/index.ts';
import type { HeatWish } from '../../../src/panel/heatView.ts';
import { presentPanel, presentRun } from '../../../src/panel/present.ts';
import { foldRun } from '../../support/panelBuilders.ts';
import { usePanel } from '../../support/panelFixture.ts';
import { longRun } from '../../support/panelLongRun.ts';
import { endedEvents } from '../../support/panelRuns.ts';
import { readyParts } from '../../support/panelStates.ts';

describe('The map of rows by prompts in a browser', function () {
  this.timeout(60_000);
  const panel = usePanel();

  const show = (state: RunState, heat: HeatWish = { from: 0, column: 0 }): Promise<void> => {
    const run = presentRun(state, { status: 'ended', diff: textDiff, heat });
    return panel.tell(presentPanel(readyParts({ run })));
  };
  const focused = (): Promise<string | null> =>
    panel.open.page.evaluate<string | null>(`document.activeElement.getAttribute('aria-label')`);

  it('is walked through with the arrows, and opens the answer of a cell', async () => {
    await show(foldRun(endedEvents()));
    const { page } = panel.open;
    assert.equal(await page.locator('.cells td[tabindex="0"]').count(), 1);
    await page.locator('.cells td[tabindex="0"]').focus();
    assert.match((await focused()) ?? '', /^line \d+, Original: (score 1|no score, failed)$/);
    for (const key of ['ArrowDown', 'ArrowRight', 'End', 'PageDown'])
      await page.keyboard.press(key);
    assert.match((await focused()) ?? '', /^line 11, Trial 4, reflect: kept: score 1$/);
    await page.keyboard.press('Enter');
    assert.deepEqual((await panel.open.said()).at(-1), {
      type: 'heat-open',
      candidateId: 'c2',
      exampleId: 'validation-9',
    });
    await page.locator('[data-heat="test"]').click();
    assert.deepEqual((await panel.open.said()).at(-1), {
      type: 'heat-show',
      split: 'test',
      from: 0,
      column: 0,
    });
  });

  it('asks for further prompts of a large run, and keeps the document small', async () => {
    const state = longRun(2_000);
    await show({ ...state, ended: { reason: 'patience', bestId: 'c1995', sentence: 'Over.' } });
    const { page } = panel.open;
    await page.getByText('Prompts 1 to 12 of 2001').waitFor();
    await page.getByRole('button', { name: 'Later prompts' }).click();
    assert.deepEqual((await panel.open.said()).at(-1), {
      type: 'heat-show',
      split: 'validation',
      from: 0,
      column: 12,
    });
    const elements = await page.evaluate<number>(`document.querySelectorAll('*').length`);
    assert.ok(elements <= 2_000, `${elements} elements`);
  });

  it('selects a prompt at the head of its column, and shows which one is selected', async () => {
    await show(foldRun(endedEvents()));
    const { page } = panel.open;
    await page.locator('[data-column="4"]').click();
    assert.deepEqual((await panel.open.said()).at(-1), { type: 'trial-select', number: 4 });
    const run = presentRun(foldRun(endedEvents()), {
      status: 'ended',
      diff: textDiff,
      selectedTrial: 4,
    });
    await panel.tell(presentPanel(readyParts({ run })));
    assert.equal(await page.locator('[data-column="4"]').getAttribute('aria-pressed'), 'true');
    assert.equal(await page.locator('tbody.open').getAttribute('data-trial'), '4');
    assert.equal(await page.locator('.cells td.chosen').count(), await rowsShown());
  });

  const rowsShown = (): Promise<number> =>
    panel.open.page.locator('.cells tbody:not(.spacer)').count();
});
