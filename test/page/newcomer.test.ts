import { spawnSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { repository, withOwnNode } from '../../scripts/host/places.ts';
import { patience, until } from './support/hands.ts';
import { closeAll, openWorkbench, pictureOfFailure } from './support/workbench.ts';
import type { Workbench } from './support/workbench.ts';

/** What `npm run package` makes, beside the manifest. */
const vsix = 'prompt-refiner-0.1.0.vsix';

/** The installation unpacks three megabytes and starts an extension host. */
const installPatience = 120_000;

/** A window without the extension, with its VSIX in the home folder, where the dialog begins. */
function useNewcomer(): () => Workbench {
  let workbench: Workbench | undefined;
  before(async function () {
    this.timeout(180_000);
    workbench = await openWorkbench({ extension: 'none' });
    copyFileSync(join(repository, vsix), join(workbench.home, vsix));
  });
  afterEach(function () {
    return pictureOfFailure(workbench, this.currentTest);
  });
  after(() => closeAll(workbench));
  return () => {
    if (!workbench) throw new Error('The window is not open.');
    return workbench;
  };
}

describe('A newcomer', () => {
  before('packages the extension', function () {
    this.timeout(300_000);
    const { status, stdout, stderr } = spawnSync('node', ['scripts/package.ts'], {
      cwd: repository,
      env: withOwnNode(process.env),
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`npm run package failed:\n${stdout}${stderr}`);
  });

  describe('with a mouse alone', () => {
    const workbench = useNewcomer();
    let view: Frame;

    it('installs the VSIX from the Extensions view', async function () {
      this.timeout(300_000);
      const { page } = workbench();
      await page
        .getByRole('tab', { name: /^Extensions/ })
        .first()
        .click();
      const install = page
        .locator('.context-view .action-label', { hasText: /^Install from VSIX/ })
        .first();
      // A view that is still being filled draws its title anew, and its menu goes with it.
      await until('the menu of the Extensions view', async () => {
        await page.locator('.part.sidebar .title-actions .codicon-toolbar-more').first().click();
        return install.waitFor({ timeout: 5_000 }).then(
          () => true,
          () => page.keyboard.press('Escape').then(() => false),
        );
      });
      // A menu that has just opened takes the end of the click that opened it for a cancel.
      await install.hover();
      await install.click({ delay: 150 });
      await listed(vsix).click();
      await ourIcon().waitFor({ timeout: installPatience });
      await workbench().screenshot('newcomer-installed');
    });

    it('starts the demo, and comes to a verdict', async function () {
      this.timeout(300_000);
      await ourIcon().click();
      view = await workbench().panelFrame();
      await view.locator('[data-action="demo-start"]').click({ timeout: patience });
      await view.locator('.result').waitFor({ timeout: installPatience });
    });

    it('looks at a row, and saves the winner', async function () {
      this.timeout(120_000);
      const { page } = workbench();
      await view.locator('[data-rows="fixed"]').click({ timeout: patience });
      await view.locator('table.rows [data-row] button').first().click({ timeout: patience });
      await page.locator('.tab', { hasText: 'original ↔ best' }).waitFor({ timeout: patience });
      await view.locator('[data-action="version-save"]').click();
      await view.getByText('Saved as triage v2').waitFor({ timeout: patience });
      const tree = page.getByRole('tree', { name: 'Versions' });
      await tree.getByText('triage').first().click();
      await tree.getByText('v2').waitFor({ timeout: patience });
      await workbench().pictures('newcomer-mouse');
    });

    const ourIcon = (): Locator =>
      workbench()
        .page.getByRole('tab', { name: /^Prompt Refiner/ })
        .first();
    const listed = (name: string): Locator =>
      workbench().page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first();
  });

  describe('with a keyboard alone', () => {
    const workbench = useNewcomer();
    let view: Frame;

    it('installs the VSIX from the palette', async function () {
      this.timeout(300_000);
      const { page } = workbench();
      await command('Extensions: Install from VSIX...');
      const input = page.locator('.quick-input-widget input.input');
      const isHome = async (): Promise<boolean> =>
        (await input.inputValue().catch(() => '')).endsWith('/home/');
      await until('the path of the home folder', isHome);
      await input.fill(`${await input.inputValue()}${vsix}`);
      await page.keyboard.press('Enter');
      await page
        .getByRole('tab', { name: /^Prompt Refiner/ })
        .first()
        .waitFor({ timeout: installPatience });
    });

    it('opens the Run view, starts the demo, and comes to a verdict', async function () {
      this.timeout(300_000);
      await command('Prompt Refiner: Focus on Run View');
      view = await workbench().panelFrame();
      await view.getByText('Try the demo').waitFor({ timeout: patience });
      await tabTo('demo-start');
      await workbench().page.keyboard.press('Enter');
      await view.locator('.result').waitFor({ timeout: installPatience });
      await view.locator('[data-action="version-save"]').waitFor({ timeout: patience });
    });

    it('reaches the cells of the map and the points of the chart, and saves the winner', async function () {
      this.timeout(180_000);
      const { page } = workbench();
      await tabTo('version-save');
      await page.keyboard.press('Enter');
      await view.getByText(/Saved as triage v2/).waitFor({ timeout: patience });
      await tabUntil('a cell of the map', `document.activeElement.matches('.cells td')`);
      await page.keyboard.press('End');
      // A prompt is run only on the rows that its race needs.
      await until('a cell with an answer', async () => {
        const isFound = await view.evaluate<boolean>(
          `!document.activeElement.getAttribute('aria-label')?.endsWith('not tried')`,
        );
        if (!isFound) await page.keyboard.press('ArrowDown');
        return isFound;
      });
      await page.keyboard.press('Enter');
      await page.locator('.tab', { hasText: 'Answer to line' }).waitFor({ timeout: patience });
      await command('Prompt Refiner: Focus on Run View');
      await tabUntil('the chart', `document.activeElement.classList.contains('chart')`);
      await page.keyboard.press('Home');
      await view.locator('.readout', { hasText: 'Original' }).waitFor({ timeout: patience });
      await workbench().pictures('newcomer-keyboard');
    });

    /** Opens the palette, and runs the command with this title. */
    async function command(title: string): Promise<void> {
      const { page } = workbench();
      await page.keyboard.press('F1');
      const input = page.locator('.quick-input-widget input.input');
      await input.waitFor({ timeout: patience });
      await input.fill(`>${title}`);
      const first = page.locator('.quick-input-list .monaco-list-row.focused', { hasText: title });
      await first.waitFor({ timeout: patience });
      await page.keyboard.press('Enter');
    }

    /** Presses Tab until the focus is on what does this. */
    async function tabTo(action: string): Promise<void> {
      await view.locator(`[data-action="${action}"]`).first().waitFor({ timeout: patience });
      await tabUntil(
        action,
        `document.activeElement?.dataset.action === ${JSON.stringify(action)}`,
      );
    }

    async function tabUntil(what: string, condition: string): Promise<void> {
      await until(`focus on ${what}`, async () => {
        await workbench().page.keyboard.press('Tab');
        return view.evaluate<boolean>(`document.hasFocus() && ${condition}`);
      });
    }
  });
});
