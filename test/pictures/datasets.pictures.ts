import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { openFile, patience, pick } from '../page/support/hands.ts';
import { action, choose } from '../page/support/runView.ts';
import { foldView, quiet, useGallery } from './support/gallery.ts';

describe('Datasets and tests', () => {
  const { workbench, take } = useGallery(() => ({}));

  it('dataset with a broken row', async () => {
    const { page, workspace } = workbench();
    appendFileSync(join(workspace, 'triage/tickets.csv'), 'T9999,only two cells\n');
    await openFile(page, 'triage/prompt.md');
    await workbench().runCommand('Prompt Refiner: Optimize Prompt');
    const view = await workbench().panelFrame();
    await foldView(workbench(), 'Versions');
    await action(view, 'dataset-pick').click();
    await pick(page, 'tickets.csv');
    await view.getByText('240 rows usable, 1 not').waitFor({ timeout: patience });
    await take('dataset-notes', { frame: 'side-bar', height: 1_700 });
    await action(view, 'dataset-problems').click();
    await page.locator('.markers-panel', { hasText: '[Ln 242' }).waitFor({ timeout: patience });
    await take('dataset-problems');
    await workbench().runCommand('View: Toggle Panel Visibility');
  });

  it('preview', async () => {
    const view = await workbench().panelFrame();
    await action(view, 'dataset-preview').click();
    const lines = workbench().page.locator('.editor-instance .view-lines');
    await lines.getByText('240 rows usable').first().waitFor({ timeout: patience });
    await take('dataset-preview');
  });

  it('metrics', async () => {
    const view = await workbench().panelFrame();
    await action(view, 'metrics-pick').click();
    const list = workbench().page.locator('.quick-input-list');
    await list.locator('.monaco-list-row').first().waitFor({ timeout: patience });
    await take('metrics-pick', { drags: false });
    await workbench().page.keyboard.press('Escape');
  });

  it('testing', async () => {
    const { page } = workbench();
    const view = await workbench().panelFrame();
    await choose(view, 'taskModel', 'demo:task');
    await view.locator('[data-action="prompt-test"]:not([aria-disabled="true"])').click();
    await page
      .getByText(/^\d+\/240$/)
      .first()
      .waitFor({ timeout: patience });
    await quiet(workbench());
    const tree = page.locator('.test-explorer .monaco-list').first();
    await tree.locator('.monaco-list-row', { hasText: 'tickets.csv' }).first().click();
    await page.keyboard.press('ArrowRight');
    const failed = tree.locator('.monaco-list-row:has(.codicon-testing-failed-icon)', {
      hasText: /^Line /,
    });
    await failed.first().waitFor({ timeout: patience });
    await failed.first().dblclick();
    await page.keyboard.press('Escape');
    await take('testing');
    await workbench().runCommand('Test: Peek Output');
    await page.locator('.test-output-peek, .zone-widget').first().waitFor({ timeout: patience });
    await take('testing-diff', { drags: false });
  });
});
