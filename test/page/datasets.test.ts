import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { openFile, patience, pick } from './support/hands.ts';
import { action, widenSideBar } from './support/runView.ts';
import { closeAll, openWorkbench, pictureOfFailure } from './support/workbench.ts';
import type { Workbench } from './support/workbench.ts';

describe('A dataset with a broken row', () => {
  let workbench: Workbench;

  before(async function () {
    this.timeout(120_000);
    workbench = await openWorkbench({ height: 1_000 });
    appendFileSync(join(workbench.workspace, 'triage/tickets.csv'), 'T9999,only two cells\n');
  });
  afterEach(function () {
    return pictureOfFailure(workbench, this.currentTest);
  });
  after(() => closeAll(workbench));

  it('says in the panel how many rows are usable, and leads to the Problems panel', async () => {
    await openFile(workbench.page, 'triage/prompt.md');
    await workbench.runCommand('Prompt Refiner: Optimize Prompt');
    const view = await workbench.panelFrame();
    await widenSideBar(workbench, 420);
    await action(view, 'dataset-pick').click();
    await pick(workbench.page, 'tickets.csv');
    await view.getByText('240 rows usable, 1 not, because line 242').waitFor({ timeout: patience });
    await workbench.screenshot('dataset-notes');
    await action(view, 'dataset-problems').click();
    const problem = workbench.page.locator('.markers-panel', { hasText: '[Ln 242' });
    await problem.waitFor({ timeout: patience });
    await workbench.pictures('dataset-problems');
  });

  it('previews the file in an editor', async () => {
    const view = await workbench.panelFrame();
    await action(view, 'dataset-preview').click();
    const page = workbench.page.locator('.editor-instance .view-lines');
    await page.getByText('240 rows usable').first().waitFor({ timeout: patience });
    await workbench.screenshot('dataset-preview');
  });

  it('offers every metric with its line to be measured too', async () => {
    const view = await workbench.panelFrame();
    await action(view, 'metrics-pick').click();
    const list = workbench.page.locator('.quick-input-list');
    await list.getByText('cohens_kappa').first().waitFor({ timeout: patience });
    await workbench.screenshot('metrics-pick');
    assert.match((await list.innerText()).replaceAll('\u00a0', ' '), /Share of answers/);
    await workbench.page.keyboard.press('Escape');
    await view.locator('details.more summary').click();
    await view.locator('details.more').scrollIntoViewIfNeeded();
    await workbench.screenshot('dataset-columns');
  });
});
