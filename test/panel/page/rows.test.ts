import assert from 'node:assert/strict';
import { textDiff } from '../../../src/engine/compare/textDiff.ts';
import type { RunState } from '../../../src/engine/index.ts';
import { presentPanel, presentRun } from '../../../src/panel/present.ts';
import type { RowsWish } from '../../../src/panel/presentRows.ts';
import { aScore, evaluationEvents, foldRun } from '../../support/panelBuilders.ts';
import { usePanel } from '../../support/panelFixture.ts';
import { endedEvents } from '../../support/panelRuns.ts';
import { readyParts } from '../../support/panelStates.ts';

const many = 100_000;

/** A verdict on so many rows, put together and not folded: that would take a while. */
function manyRows(): RunState {
  const state = foldRun(endedEvents());
  const evaluations = ['original', 'c2'].map(candidateId => {
    const ended = evaluationEvents({
      candidateId,
      purpose: 'claim',
      score: aScore(0.5, many),
      answer: row => ({
        output: `${candidateId} ${row}`,
        value: candidateId === 'c2' ? 1 : row % 2,
      }),
    }).at(-1);
    assert.ok(ended?.type === 'evaluation-end');
    return ended.evaluation;
  });
  return { ...state, evaluations };
}

describe('The rows of a result in a browser', function () {
  this.timeout(60_000);
  const panel = usePanel();

  const show = (state: RunState, rows: RowsWish = { from: 0 }): Promise<void> => {
    const run = presentRun(state, { status: 'ended', diff: textDiff, rows });
    return panel.tell(presentPanel(readyParts({ run })));
  };

  it('open the diff of both outputs, by pointer and by keyboard', async () => {
    await show(foldRun(endedEvents()));
    const { page } = panel.open;
    await page.locator('[data-row="test-16"]').click();
    await page.getByRole('button', { name: /^line 19, broken/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Fix line 19: add it with the right answer' }).click();
    await page.getByRole('button', { name: 'Fixed 15' }).click();
    assert.equal(await page.getByRole('button', { name: /^Fix line/ }).count(), 4);
    assert.deepEqual((await panel.open.said()).slice(-4), [
      { type: 'row-open', exampleId: 'test-16' },
      { type: 'row-open', exampleId: 'test-17' },
      { type: 'row-fix', exampleId: 'test-17' },
      { type: 'rows-show', kind: 'fixed', from: 0 },
    ]);
  });

  it('ask for what comes into sight, and keep the document small among 100,000', async () => {
    const state = manyRows();
    await show(state, { kind: 'all', from: 0 });
    const { page } = panel.open;
    await page.evaluate(`document.querySelector('.box:has(.rows)').scrollTop = 2_000_000`);
    await panel.open.until(`saidToHost.some(each => each.type === 'rows-show')`);
    const wish = (await panel.open.said()).at(-1) as { type: string; from: number };
    assert.ok(wish.from > 20_000, `asked for ${wish.from}`);
    await show(state, { kind: 'all', from: wish.from });
    await panel.open.until(`document.querySelectorAll('.rows [data-row]').length > 5`);
    const elements = await page.evaluate<number>(`document.querySelectorAll('*').length`);
    assert.ok(elements <= 2_000, `${elements} elements`);
  });
});
