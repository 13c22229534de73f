import type { Frame } from 'playwright-core';
import { startLoopbackServer } from '../support/loopbackServer.ts';
import type { LoopbackServer } from '../support/loopbackServer.ts';
import { openFile, patience, pick, until } from './support/hands.ts';
import { action, choose, openRunView, widenSideBar, write } from './support/runView.ts';
import { closeAll, openWorkbench, pictureOfFailure } from './support/workbench.ts';
import type { Workbench } from './support/workbench.ts';

/** A window needs this long to find that its extensions are gone and to start them anew. */
const restartPatience = 120_000;

describe('A run whose extension host is killed', () => {
  let workbench: Workbench;
  let server: LoopbackServer;
  let view: Frame;

  before(async function () {
    this.timeout(180_000);
    server = await startLoopbackServer({ latencyMs: 500 });
    workbench = await openWorkbench({
      installed: true,
      settings: { 'promptRefiner.openai.baseUrl': server.url },
    });
    view = await openRunView(workbench);
    await view.getByText('Try the demo').waitFor({ timeout: patience });
    await widenSideBar(workbench, 420);
  });
  afterEach(function () {
    return pictureOfFailure(workbench, this.currentTest);
  });
  after(() => closeAll(workbench, server));

  it('is under way, can be paused, and goes on', async function () {
    this.timeout(180_000);
    await openFile(workbench.page, 'triage/prompt.md');
    await workbench.runCommand('Prompt Refiner: Optimize Prompt');
    await view.getByText('triage/prompt.md').waitFor({ timeout: patience });
    await action(view, 'dataset-pick').click();
    await pick(workbench.page, 'tickets.csv');
    await view.getByText('Column with the right answer').waitFor({ timeout: patience });
    await choose(view, 'expected', 'label');
    await choose(view, 'taskModel', 'openai:sim-task');
    await choose(view, 'optimizerModel', 'openai:sim-optimizer');
    await write(view, 'maxIterations', '12');
    await view.locator('.figures', { hasText: 'Calls' }).waitFor({ timeout: patience });
    await action(view, 'run-start').click();
    await view.locator('[data-trial]').first().waitFor({ timeout: patience });
    await action(view, 'run-pause').click();
    await view.getByText('Paused: nothing is sent').waitFor({ timeout: patience });
    await workbench.pictures('run-paused');
    await action(view, 'run-continue').click();
    await action(view, 'run-pause').waitFor({ timeout: patience });
    await workbench.runCommand('Prompt Refiner: Pause Run');
    await view.getByText(/^Paus(ed|ing)/).waitFor({ timeout: patience });
    await workbench.runCommand('Prompt Refiner: Continue Run');
    await action(view, 'run-pause').waitFor({ timeout: patience });
  });

  it('comes back in the view on the same run, and can be gone on with', async function () {
    this.timeout(300_000);
    workbench.killExtensionHost();
    // VS Code starts the extensions anew by itself.
    await until('end of the page that was shown', () => view.isDetached());
    view = await openRunView(workbench);
    const resume = '[data-action="run-resume"], [data-remedy="resume"]';
    await view.locator(resume).first().waitFor({ timeout: restartPatience });
    await view.locator('[data-trial]').first().waitFor({ timeout: patience });
    await workbench.pictures('run-killed');
    await view.locator(resume).first().click();
    await action(view, 'run-cancel').waitFor({ timeout: patience });
    await action(view, 'run-cancel').click();
    await action(view, 'run-close').waitFor({ timeout: patience });
  });
});
