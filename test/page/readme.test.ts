import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../scripts/host/places.ts';
import {
  clearMessages,
  openFile,
  patience,
  pick,
  putCursor,
  titleButton,
} from './support/hands.ts';
import { action, openRunView, widenSideBar } from './support/runView.ts';
import { closeAll, openWorkbench, pictureOfFailure } from './support/workbench.ts';
import type { Workbench } from './support/workbench.ts';

const pictures = ['refine', 'run', 'compare'] as const;
const folder = join(repository, 'media/readme');

/** `UPDATE_PICTURES=1 npm test -- page` takes them anew; look at them before you commit them. */
const update = process.env['UPDATE_PICTURES'] === '1';

/** Nothing in the picture but VS Code and ours. */
const bare = {
  'window.commandCenter': false,
  'window.menuBarVisibility': 'compact',
  'window.customTitleBarVisibility': 'never',
  'workbench.layoutControl.enabled': false,
  'workbench.statusBar.visible': false,
  'editor.minimap.enabled': false,
  'breadcrumbs.enabled': false,
  'remote.autoForwardPorts': false,
};

describe('The pictures of the README', () => {
  if (update) {
    let workbench: Workbench;
    const take = async (name: (typeof pictures)[number]) => {
      const { page } = workbench;
      // Away from everything that would show a hover.
      await page.mouse.move(2, 2);
      await page.waitForTimeout(1_000);
      await page.screenshot({
        path: join(folder, `${name}.png`),
        animations: 'disabled',
        caret: 'hide',
      });
    };

    before(async function () {
      this.timeout(120_000);
      workbench = await openWorkbench({ theme: 'dark', settings: bare });
    });
    afterEach(function () {
      return pictureOfFailure(workbench, this.currentTest);
    });
    after(() => closeAll(workbench));

    it('show a refinement', async () => {
      const { page } = workbench;
      await openFile(page, 'summarize.py');
      await putCursor(page, 7);
      await workbench.runCommand('Refine Prompt');
      await page.getByText('changes, and why').waitFor({ timeout: patience });
      await take('refine');
      await titleButton(page, 'Discard Refinement').click();
    });

    it('show a run', async () => {
      const view = await openRunView(workbench);
      await widenSideBar(workbench, 480);
      await workbench.page.getByRole('button', { name: 'Versions Section' }).click();
      await action(view, 'demo-start').click({ timeout: patience });
      await action(view, 'run-close').waitFor({ timeout: 120_000 });
      await action(view, 'candidate-diff').click();
      await workbench.page.locator('.tab', { hasText: 'original ↔ best' }).waitFor();
      await take('run');
      await action(view, 'version-save').click();
      await view.getByText('Saved as triage v2').waitFor({ timeout: patience });
    });

    it('show a comparison', async () => {
      const { page } = workbench;
      await clearMessages(page).catch(() => undefined);
      await page.getByRole('tab', { name: /^Explorer/ }).click();
      await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
      await workbench.runCommand('Prompt Refiner: Compare Prompt Versions');
      await pick(page, 'v1');
      await pick(page, 'v2');
      const table = await workbench.panelFrame('editor');
      await table.getByText('accuracy').first().waitFor({ timeout: patience });
      await take('compare');
    });
  }

  for (const name of pictures) {
    it(`hold ${name}.png, 1280 × 800 and small enough to load quickly`, () => {
      const bytes = readFileSync(join(folder, `${name}.png`));
      assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [1280, 800]);
      assert.ok(bytes.length < 250_000, `${bytes.length} bytes`);
      assert.ok(readFileSync(join(repository, 'README.md'), 'utf8').includes(`readme/${name}.png`));
    });
  }
});
