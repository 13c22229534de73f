import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { closeAll, openWorkbench } from './support/workbench.ts';
import type { ThemeName, Workbench } from './support/workbench.ts';

for (const theme of ['light', 'dark', 'highContrast', 'highContrastLight'] satisfies ThemeName[]) {
  describe(`The side bar in a real window, ${theme}`, () => {
    let workbench: Workbench | undefined;
    const opened = () => workbench ?? assert.fail('the window did not open');
    const refused: string[] = [];

    before(async () => {
      workbench = await openWorkbench({ theme });
      workbench.page.on('console', message => {
        if (message.text().includes('Content Security Policy')) refused.push(message.text());
      });
    });

    after(() => closeAll(workbench));

    it('opens from the activity bar and shows the form of a run', async () => {
      await opened().page.getByRole('tab', { name: 'Prompt Refiner' }).first().click();
      const panel = await opened().panelFrame();
      await panel.getByText('Dataset', { exact: true }).first().waitFor();
      await panel.getByText('Prompt', { exact: true }).first().waitFor();
    });

    it('loads its scripts, styles and icons under its own content security policy', async () => {
      const panel = await opened().panelFrame();
      const hasIcons = await panel.evaluate(
        "document.fonts.load('16px codicon').then(f => f.length)",
      );
      assert.equal(hasIcons, 1);
      assert.deepEqual(refused, []);
    });

    it('has its picture taken', async () => {
      const path = await opened().screenshot(`side-bar-${theme}`);
      assert.ok(statSync(path).size > 10_000);
    });
  });
}
