import { answer, openFile, patience, pick } from './support/hands.ts';
import { action, choose } from './support/runView.ts';
import { closeAll, openWorkbench, pictureOfFailure } from './support/workbench.ts';
import type { Workbench } from './support/workbench.ts';

describe('The Testing view', () => {
  let workbench: Workbench;

  before(async function () {
    this.timeout(120_000);
    workbench = await openWorkbench({ height: 900 });
  });
  afterEach(function () {
    return pictureOfFailure(workbench, this.currentTest);
  });
  after(() => closeAll(workbench));

  const tree = () => workbench.page.locator('.test-explorer .monaco-list').first();
  const rowWith = (state: string) =>
    tree().locator(`.monaco-list-row:has(.codicon-testing-${state}-icon)`, { hasText: /^Line / });

  it('runs a prompt as it is over its rows, from the panel', async () => {
    await openFile(workbench.page, 'triage/prompt.md');
    await workbench.runCommand('Prompt Refiner: Optimize Prompt');
    const view = await workbench.panelFrame();
    await action(view, 'dataset-pick').click();
    await pick(workbench.page, 'tickets.csv');
    await choose(view, 'taskModel', 'demo:task');
    await view.locator('[data-action="prompt-test"]:not([aria-disabled="true"])').click();
    await workbench.page
      .getByText(/^\d+\/240$/)
      .first()
      .waitFor({ timeout: patience });
    await workbench.pictures('testing-results');
  });

  it('offers to add a failed row once more with its right answer', async () => {
    const pair = tree().locator('.monaco-list-row', { hasText: 'tickets.csv' }).first();
    await pair.click();
    await workbench.page.keyboard.press('ArrowRight');
    await rowWith('failed').first().waitFor({ timeout: patience });
    await rowWith('failed').first().click({ button: 'right' });
    const entry = workbench.page.locator('.monaco-menu .action-label', {
      hasText: 'Add Fixed Answer of a Failed Row',
    });
    await entry.waitFor({ timeout: patience });
    await workbench.pictures('testing-fix-menu');
    await entry.click();
    await answer(workbench.page, 'refund');
    await workbench.page
      .getByText(/Added line 242 to .*tickets\.csv/)
      .first()
      .waitFor({ timeout: patience });
    await workbench.pictures('testing-fixed');
  });

  it('shows a wrong answer beside the right one in VS Code’s own diff', async () => {
    const pair = tree().locator('.monaco-list-row', { hasText: 'tickets.csv' }).first();
    await pair.click();
    await workbench.page.keyboard.press('ArrowRight');
    await rowWith('failed').first().waitFor({ timeout: patience });
    await rowWith('failed').first().dblclick();
    await workbench.page.keyboard.press('Escape');
    await workbench.pictures('testing-rows');
    await workbench.runCommand('Test: Peek Output');
    await workbench.page
      .locator('.test-output-peek, .zone-widget')
      .first()
      .waitFor({ timeout: patience });
    await workbench.pictures('testing-diff');
  });
});
