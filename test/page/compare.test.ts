import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { clearMessages, message, patience, pick } from './support/hands.ts';
import { action, openRunView } from './support/runView.ts';
import { closeAll, openWorkbench, pictureOfFailure } from './support/workbench.ts';
import type { Workbench } from './support/workbench.ts';

describe('Comparing two versions', () => {
  let workbench: Workbench;

  before(async function () {
    this.timeout(180_000);
    workbench = await openWorkbench();
    const view = await openRunView(workbench);
    await action(view, 'demo-start').click({ timeout: patience });
    await action(view, 'version-save').click({ timeout: 120_000 });
    await view.getByText('Saved as triage v2').waitFor({ timeout: patience });
    await message(workbench.page, 'Saved as triage v2');
    await clearMessages(workbench.page);
  });
  afterEach(function () {
    return pictureOfFailure(workbench, this.currentTest);
  });
  after(() => closeAll(workbench));

  it('lists them with where they came from', async () => {
    const { page } = workbench;
    const tree = page.getByRole('tree', { name: 'Versions' });
    await tree.getByText('triage').first().click();
    await tree.getByText('v2').waitFor({ timeout: patience });
    await tree.getByText('v1').waitFor();
    await workbench.pictures('versions');
  });

  it('opens the diff editor above, and the metric table below', async () => {
    const { page } = workbench;
    await workbench.runCommand('Prompt Refiner: Compare Prompt Versions');
    await pick(page, 'v1');
    await pick(page, 'v2');
    await page.locator('.tab', { hasText: 'triage: v1 ↔ v2' }).waitFor({ timeout: patience });
    const table: Frame = await workbench.panelFrame('editor');
    await table.getByText('accuracy').first().waitFor({ timeout: patience });
    const cells = await table.locator('table.comparison td').allInnerTexts();
    assert.match(cells.join(' '), /n=\d+/);
    assert.match(cells.join(' '), /points/);
    await page.locator('.diffOverview').first().waitFor();
    await workbench.pictures('compare', ['light', 'highContrast', 'highContrastLight', 'dark']);
  });
});
