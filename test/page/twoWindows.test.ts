import type { Frame } from 'playwright-core';
import { startLoopbackServer } from '../support/loopbackServer.ts';
import type { LoopbackServer } from '../support/loopbackServer.ts';
import { patience, until } from './support/hands.ts';
import { action, choose, openRunView, widenSideBar } from './support/runView.ts';
import { closeAll, openWorkbench, pictureOfFailure } from './support/workbench.ts';
import type { Workbench } from './support/workbench.ts';

describe('Two windows on one folder', () => {
  let first: Workbench;
  let second: Workbench;
  let server: LoopbackServer;
  let view: Frame;

  before(async function () {
    this.timeout(180_000);
    server = await startLoopbackServer({ latencyMs: 700 });
    first = await openWorkbench({ settings: { 'promptRefiner.openai.baseUrl': server.url } });
    second = await first.secondWindow();
  });
  afterEach(async function () {
    await pictureOfFailure(second, this.currentTest);
  });
  after(() => closeAll(second, first, server));

  it('show in the second one that the first one works on a run', async function () {
    this.timeout(180_000);
    const working = await openRunView(first);
    await working.locator('.figures', { hasText: 'Calls' }).waitFor({ timeout: patience });
    await choose(working, 'taskModel', 'openai:sim-task');
    await choose(working, 'optimizerModel', 'openai:sim-optimizer');
    await working.locator('[data-action="run-start"]:not([aria-disabled="true"])').click();
    await action(working, 'run-cancel').waitFor({ timeout: patience });
    view = await openRunView(second);
    await widenSideBar(second, 420);
    await action(view, 'run-show').waitFor({ timeout: patience });
    await second.pictures('two-windows-under-way');
    await action(view, 'run-show').click();
    await view.locator('[data-watching]').waitFor({ timeout: patience });
  });

  it('let the second one follow the run as it goes on', async () => {
    await view.locator('.count', { hasText: 'rows' }).waitFor({ timeout: patience });
    const before = await view.locator('.count').first().innerText();
    await until('rows that came since', async () => {
      const now = view.locator('.count').first();
      return (await now.count()) > 0 && (await now.innerText()) !== before;
    });
    await second.pictures('two-windows-watched');
  });

  it('let the second one go on with the run when the first one is gone', async function () {
    this.timeout(180_000);
    const told = await view.locator('[data-watching]').innerText();
    const owner = /process (\d+)/.exec(told)?.[1];
    process.kill(Number(owner), 'SIGKILL');
    const resume = view.locator('[data-action="run-resume"], [data-remedy="resume"]').first();
    await resume.waitFor({ timeout: 90_000 });
    await second.pictures('two-windows-gone');
    const { paid } = server.ledger;
    await resume.click();
    await action(view, 'run-cancel').waitFor({ timeout: patience });
    await until('an answer that was not paid yet', () =>
      Promise.resolve(server.ledger.paid > paid),
    );
    await action(view, 'run-cancel').click();
    await action(view, 'run-close').waitFor({ timeout: patience });
  });
});
