import { answer, openFile, patience, pick, until } from '../page/support/hands.ts';
import { action, openRunView } from '../page/support/runView.ts';
import { foldView, quiet, useGallery } from './support/gallery.ts';

describe('Versions and their comparison', () => {
  const { workbench, take } = useGallery(() => ({}));
  const line = (text: string | RegExp) =>
    workbench().page.locator('.sidebar .monaco-list-row', { hasText: text }).first();
  const menuOf = async (text: string | RegExp, entry?: string) => {
    await line(text).click({ button: 'right' });
    const { page } = workbench();
    if (entry === undefined) {
      await page.locator('.monaco-menu').waitFor({ timeout: patience });
      return;
    }
    const shown = page.locator('.context-view .action-label', { hasText: entry }).first();
    await shown.waitFor({ timeout: patience });
    await shown.hover();
    await shown.click({ delay: 150 });
  };

  it('empty', async () => {
    await openRunView(workbench());
    await foldView(workbench(), 'Run');
    await take('versions-empty', { frame: 'side-bar', height: 500 });
    await workbench().page.getByRole('button', { name: 'Run Section' }).click();
  });

  it('tree', async () => {
    const { page } = workbench();
    const view = await openRunView(workbench());
    await action(view, 'demo-start').click({ timeout: patience });
    await action(view, 'version-save').click({ timeout: 120_000 });
    await view.getByText('Saved as triage v2').waitFor({ timeout: patience });
    await quiet(workbench());
    await foldView(workbench(), 'Run');
    await line('triage').click();
    await page.keyboard.press('ArrowRight');
    await line(/^v2/).waitFor({ timeout: patience });
    await menuOf(/^v1/, 'Name Version');
    await answer(page, 'as it was found');
    await line('v1 as it was found').waitFor({ timeout: patience });
    await menuOf(/^v1/, 'Write Note');
    await answer(page, 'The text of the shop, before anybody looked at it with care');
    await line(/^v1.*The text of the shop/).waitFor({ timeout: patience });
    await menuOf(/^v1/, 'Restore as New Version');
    await line(/^v3/).waitFor({ timeout: patience });
    await menuOf(/^v2/, 'Restore as New Version');
    await line(/^v4/).waitFor({ timeout: patience });
    const pinned = line(/^v1/).locator('.codicon-pinned');
    // The tree may still be drawn anew for what was restored, and closes the menu then.
    await until('a pinned version', async () => {
      if (await pinned.isVisible()) return true;
      await menuOf(/^v1/, 'Pin Version');
      return pinned.waitFor({ timeout: 5_000 }).then(
        () => true,
        () => false,
      );
    });
    await line(/^Runs/).click();
    await page.keyboard.press('ArrowRight');
    await quiet(workbench());
    await take('versions-tree', { frame: 'side-bar', height: 500 });
  });

  it('menus', async () => {
    // A change of the theme closes a menu.
    const menuAgain = (text: string | RegExp) => async (): Promise<void> => {
      await workbench().page.keyboard.press('Escape');
      await menuOf(text);
    };
    await take('versions-menu', { drags: false, height: 700, settle: menuAgain(/^v2/) });
    await take('versions-prompt-menu', { drags: false, height: 700, settle: menuAgain('triage') });
    await workbench().page.keyboard.press('Escape');
  });

  it('comparison of two', async () => {
    const { page } = workbench();
    await workbench().runCommand('Prompt Refiner: Compare Prompt Versions');
    await page.locator('.quick-input-list .monaco-list-row').first().waitFor({ timeout: patience });
    await take('compare-pick', { drags: false, height: 700 });
    await pick(page, /^v1(?!\d)/);
    await pick(page, /^v2(?!\d)/);
    const table = await workbench().panelFrame('editor');
    await table.getByText('accuracy').first().waitFor({ timeout: patience });
    await quiet(workbench());
    await take('compare-two', { height: 1_000 });
    await workbench().runCommand('View: Toggle Maximize Editor Group');
    await take('compare-two-page', { frame: 'editor', height: 1_900 });
  });

  it('comparison of four', async () => {
    const { page } = workbench();
    const table = await workbench().panelFrame('editor');
    for (const version of ['v3', 'v4']) {
      await action(table, 'version-add').click();
      await pick(page, new RegExp(`^${version}(?!\\d)`));
      await table.locator('.head', { hasText: version }).waitFor({ timeout: patience });
    }
    await take('compare-four-page', { frame: 'editor', height: 2_400 });
    await table.locator('[data-rows="all"]').click();
    await take('compare-four-rows', { frame: 'editor', height: 2_400 });
  });

  it('prompt with versions in its editor', async () => {
    await workbench().runCommand('View: Toggle Maximize Editor Group');
    await openFile(workbench().page, 'prompt-refiner-demo/triage.md');
    await workbench()
      .page.locator('.codelens-decoration', { hasText: 'Compare' })
      .first()
      .waitFor({ timeout: patience });
    await take('editor-known', { height: 700 });
  });

  it('export', async () => {
    const { page } = workbench();
    await page.locator('.tab', { hasText: 'triage: v1, v2' }).click();
    const table = await workbench().panelFrame('editor');
    await action(table, 'report-export').click();
    await workbench().page.waitForTimeout(1_500);
    await take('compare-export', { drags: false, height: 700 });
    await workbench().page.keyboard.press('Escape');
  });
});
