import type { Frame } from 'playwright-core';
import { patience, until } from './support/hands.ts';
import { closeAll, openWorkbench, pictureOfFailure } from './support/workbench.ts';
import type { Workbench } from './support/workbench.ts';

describe('A newcomer without a mouse', () => {
  let workbench: Workbench;
  let view: Frame;

  before(async function () {
    this.timeout(120_000);
    workbench = await openWorkbench();
  });
  afterEach(function () {
    return pictureOfFailure(workbench, this.currentTest);
  });
  after(() => closeAll(workbench));

  it('opens the Run view from the keyboard', async () => {
    const { page } = workbench;
    await page.keyboard.press('F1');
    const input = page.locator('.quick-input-widget input.input');
    await input.waitFor({ timeout: patience });
    await input.fill('>Prompt Refiner: Focus on Run View');
    await page.locator('.quick-input-list .monaco-list-row').first().waitFor({ timeout: patience });
    await page.keyboard.press('Enter');
    view = await workbench.panelFrame();
    await view.getByText('Try the demo').waitFor({ timeout: patience });
  });

  it('starts the demo with Tab and Enter, and comes to a verdict', async function () {
    this.timeout(180_000);
    await tabTo('demo-start');
    await workbench.page.keyboard.press('Enter');
    await view.locator('.result').waitFor({ timeout: 120_000 });
    await view.locator('[data-action="version-save"]').waitFor({ timeout: patience });
  });

  it('reaches the points of the chart, and saves the winner', async function () {
    this.timeout(120_000);
    await tabTo('version-save');
    await workbench.page.keyboard.press('Enter');
    await view.getByText(/Saved as triage v2/).waitFor({ timeout: patience });
    await until('the focus on the chart', async () => {
      await workbench.page.keyboard.press('Tab');
      return view.evaluate<boolean>(`document.activeElement.classList.contains('chart')`);
    });
    await workbench.page.keyboard.press('Home');
    await view.locator('.readout', { hasText: 'Original' }).waitFor({ timeout: patience });
    await workbench.pictures('keyboard');
  });

  /** Presses Tab until the focus is on what does this. */
  async function tabTo(action: string): Promise<void> {
    await view.locator(`[data-action="${action}"]`).first().waitFor({ timeout: patience });
    await until(`focus on ${action}`, async () => {
      await workbench.page.keyboard.press('Tab');
      return view.evaluate<boolean>(
        `document.hasFocus() && document.activeElement?.dataset.action === ${JSON.stringify(action)}`,
      );
    });
  }
});
