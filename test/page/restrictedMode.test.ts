import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buttonsOf, message, sentenceOf } from './support/hands.ts';
import { closeAll, openWorkbench } from './support/workbench.ts';
import type { Workbench } from './support/workbench.ts';

describe('Restricted Mode', () => {
  let workbench: Workbench;

  before(async function () {
    this.timeout(120_000);
    workbench = await openWorkbench({ trusted: false });
    const restricted = workbench.page.getByText('Restricted Mode', { exact: true });
    await restricted.first().waitFor();
  });
  after(() => closeAll(workbench));

  it('shows what is missing in the panel, with the button that leads out', async () => {
    await workbench.page.getByRole('tab', { name: 'Prompt Refiner' }).first().click();
    const panel = await workbench.panelFrame();
    await panel.getByText('This folder is not trusted yet').waitFor();
    await panel.getByText('Manage trust').waitFor();
    await workbench.pictures('untrusted');
  });

  it('refuses a command that would send or write something, in a sentence', async () => {
    const { page } = workbench;
    await workbench.runCommand('Prompt Refiner: Try the Demo');
    const refused = await message(page, 'not trusted');
    assert.match(await sentenceOf(refused), /sends nothing to a model and writes nothing/);
    assert.deepEqual(await buttonsOf(refused), ['Manage trust']);
    await workbench.pictures('untrusted-refused');
    assert.ok(!existsSync(join(workbench.workspace, 'prompt-refiner-demo')));
    assert.ok(!existsSync(join(workbench.workspace, '.prompts')));
  });
});
