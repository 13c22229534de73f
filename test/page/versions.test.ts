import assert from 'node:assert/strict';
import { answer, openFile, patience, pick, until } from './support/hands.ts';
import { action, choose } from './support/runView.ts';
import { closeAll, openWorkbench, pictureOfFailure } from './support/workbench.ts';
import type { Workbench } from './support/workbench.ts';

describe('The Versions view', () => {
  let workbench: Workbench;

  before(async function () {
    this.timeout(120_000);
    workbench = await openWorkbench({ height: 900 });
  });
  afterEach(function () {
    return pictureOfFailure(workbench, this.currentTest);
  });
  after(() => closeAll(workbench));

  const line = (text: string | RegExp) =>
    workbench.page.locator('.sidebar .monaco-list-row', { hasText: text }).first();
  const inMenu = async (entry: string): Promise<void> => {
    await line(/^v1/).click({ button: 'right' });
    const shown = workbench.page.locator('.context-view .action-label', { hasText: entry }).first();
    await shown.waitFor({ timeout: patience });
    // A menu that has just opened takes the end of the click that opened it for a cancel.
    await shown.hover();
    await shown.click({ delay: 150 });
  };

  const byKeyboard = async (version: RegExp, entry: string): Promise<void> => {
    const { page } = workbench;
    await workbench.runCommand('Prompt Refiner: Focus on Versions View');
    await page.keyboard.press('Home');
    await until(`focus on ${String(version)}`, async () => {
      await page.keyboard.press('ArrowDown');
      return page.locator('.sidebar .monaco-list-row.focused', { hasText: version }).isVisible();
    });
    await page.keyboard.press('Shift+F10');
    await page.locator('.monaco-menu').waitFor({ timeout: patience });
    await until(`focus on ${entry}`, async () => {
      await page.keyboard.press('ArrowDown');
      return page.locator('.monaco-menu .action-item.focused', { hasText: entry }).isVisible();
    });
    await page.keyboard.press('Enter');
  };

  it('shows the versions and runs of a prompt', async () => {
    const { page } = workbench;
    await openFile(page, 'triage/prompt.md');
    await workbench.runCommand('Prompt Refiner: Optimize Prompt');
    const view = await workbench.panelFrame();
    await action(view, 'dataset-pick').click();
    await pick(page, 'tickets.csv');
    await choose(view, 'taskModel', 'demo:task');
    await view.locator('[data-action="prompt-test"]:not([aria-disabled="true"])').click();
    await page
      .getByText(/^\d+\/240$/)
      .first()
      .waitFor({ timeout: patience });
    await page
      .getByRole('tab', { name: /^Prompt Refiner/ })
      .first()
      .click();
    // Hidden while the tests were looked at, the Run view draws itself anew.
    const again = await workbench.panelFrame();
    await again.getByText('Column with the right answer').first().waitFor({ timeout: patience });
    const prompt = page.locator('.sidebar .monaco-list-row[aria-level="1"]').first();
    await prompt.click();
    await page.keyboard.press('ArrowRight');
    await line(/^v1/).waitFor({ timeout: patience });
  });

  it('names a version from its menu by mouse, and pins it by keyboard', async () => {
    await inMenu('Name Version');
    await answer(workbench.page, 'as it was found');
    await line('v1 as it was found').waitFor({ timeout: patience });
    await byKeyboard(/^v1 as it was found/, 'Pin Version');
    await line('v1 as it was found').locator('.codicon-pinned').waitFor({ timeout: patience });
    await line('Runs').click();
    await workbench.page.keyboard.press('ArrowRight');
    await line('evaluation').waitFor({ timeout: patience });
    await line(/^v1/).click({ button: 'right' });
    const menu = workbench.page.locator('.monaco-menu');
    await menu.getByText('Restore as New Version').waitFor({ timeout: patience });
    assert.match(await menu.innerText(), /Unpin Version/);
    await workbench.screenshot('versions-menu');
    await workbench.page.keyboard.press('Escape');
    await workbench.pictures('versions');
  });
});
