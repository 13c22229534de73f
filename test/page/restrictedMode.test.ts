import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openWorkbench } from './support/workbench.ts';
import type { Workbench } from './support/workbench.ts';

describe('Restricted Mode', () => {
  let workbench: Workbench;

  before(async function () {
    this.timeout(90_000);
    workbench = await openWorkbench({ trusted: false });
    const restricted = workbench.page.getByText('Restricted Mode', { exact: true });
    await restricted.first().waitFor();
  });
  after(() => workbench.close());

  it('shows what is missing in the panel, with the button that leads out', async () => {
    await workbench.page.getByRole('tab', { name: 'Prompt Refiner' }).first().click();
    const panel = await workbench.panelFrame();
    await panel.getByText('This folder is not trusted yet').waitFor();
    await panel.getByText('Manage trust').waitFor();
  });

  it('refuses a command that would send or write something, in a sentence', async () => {
    const { page } = workbench;
    await workbench.runCommand('Prompt Refiner: Try the Demo');
    await workbench.runCommand('Notifications: Show Notifications');
    const message = page.locator('.notification-list-item-message', { hasText: 'not trusted' });
    await message.first().waitFor();
    assert.match(await message.first().innerText(), /sends nothing to a model and writes nothing/);
    assert.ok(!existsSync(join(workbench.workspace, 'prompt-refiner-demo')));
    assert.ok(!existsSync(join(workbench.workspace, '.prompts')));
  });
});
