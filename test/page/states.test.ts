import assert from 'node:assert/strict';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { repository, temporaryFolder } from '../../scripts/host/places.ts';
import { startLoopbackServer } from '../support/loopbackServer.ts';
import type { LoopbackServer } from '../support/loopbackServer.ts';
import { clearMessages, patience, pick } from './support/hands.ts';
import { action, choose, openRunView, widenSideBar } from './support/runView.ts';
import { closeAll, openWorkbench, pictureOfFailure } from './support/workbench.ts';
import type { Workbench } from './support/workbench.ts';

const oldRun = '.prompts/triage/runs/2026-02-03-0a1b';

describe('A page for whatever is in the way', () => {
  let workbench: Workbench;
  let server: LoopbackServer;
  let refusing: LoopbackServer;
  let view: Frame;

  before(async function () {
    this.timeout(120_000);
    server = await startLoopbackServer({ key: 'sk-nobody-has-it' });
    refusing = await startLoopbackServer({ refused: 'bill' });
    workbench = await openWorkbench({
      workspace: workspaceOfAnOlderRelease(),
      height: 1000,
      settings: { 'promptRefiner.openai.baseUrl': server.url },
    });
    view = await openRunView(workbench);
    await widenSideBar(workbench, 420);
  });
  afterEach(function () {
    return pictureOfFailure(workbench, this.currentTest);
  });
  after(() => closeAll(workbench, server, refusing));

  it('suggests the newest saved version, and the only dataset of the folder', async () => {
    await view.getByText('Suggested: the newest saved version.').waitFor({ timeout: patience });
    await view.getByText('Suggested: the only dataset of this folder.').waitFor();
  });

  it('has no key: says so at the models, with the ways to one', async () => {
    const card = view.locator('[data-card="no-key"]');
    await card.scrollIntoViewIfNeeded();
    await card.getByText('Only simulated models so far').waitFor({ timeout: patience });
    await workbench.pictures('state-no-key');
  });

  it('has no rows: says so at the dataset, and goes on once there are some', async () => {
    const dataset = join(workbench.workspace, 'empty.csv');
    writeFileSync(dataset, 'ticket,label\n');
    await action(view, 'dataset-pick').click();
    await pick(workbench.page, 'empty.csv');
    const card = view.locator('[data-card="no-rows"]');
    await card.getByText('there are no rows in it').waitFor({ timeout: patience });
    await card.scrollIntoViewIfNeeded();
    await workbench.pictures('state-no-rows');
    await action(view, 'dataset-open').click();
    await workbench.page.locator('.tab', { hasText: 'empty.csv' }).waitFor({ timeout: patience });
    const rows = Array.from({ length: 12 }, (_, row) => `bill ${row},billing\n`).join('');
    writeFileSync(dataset, `ticket,label\n${rows}`);
    await card.waitFor({ state: 'detached', timeout: patience });
    await view.getByText('Column with the right answer').waitFor({ timeout: patience });
  });

  it('has all rows failed: says why in the server’s words, with the button that mends it', async () => {
    workbench.changeSetting('promptRefiner.openai.baseUrl', refusing.url);
    await view.locator('[data-card="no-key"]').waitFor({ state: 'detached', timeout: patience });
    await choose(view, 'taskModel', 'openai:sim-task');
    await choose(view, 'optimizerModel', 'openai:sim-optimizer');
    await view.locator('.figures', { hasText: 'Calls' }).waitFor({ timeout: patience });
    await action(view, 'run-start').click();
    await view.getByText(/\d+ of \d+ rows got no answer/).waitFor({ timeout: patience });
    await view.locator('[data-remedy]').first().waitFor({ timeout: patience });
    await workbench.pictures('state-all-failed');
    await clearMessages(workbench.page);
  });

  it('has a run of an older release: leads to its report, its files and a new run', async () => {
    const { page } = workbench;
    const line = (text: string) =>
      page.locator('.sidebar .monaco-list-row', { hasText: text }).first();
    await line('triage').click();
    await page.keyboard.press('ArrowRight');
    await line('Runs').click({ timeout: patience });
    await page.keyboard.press('ArrowRight');
    await line('cannot be read').click({ timeout: patience });
    await view.getByText('This run cannot be shown').waitFor({ timeout: patience });
    assert.match(await view.locator('[data-page="unreadable"]').innerText(), /older release/);
    await workbench.pictures('state-older-release');
    await action(view, 'report-open').click();
    await page.locator('.tab', { hasText: /report\.md/ }).waitFor({ timeout: patience });
    await action(view, 'run-close').click();
    await action(view, 'run-start').waitFor({ timeout: patience });
  });
});

/** A prompt with one version, and a run whose record has the schema of another time. */
function workspaceOfAnOlderRelease(): string {
  const folder = join(temporaryFolder('older'), 'older');
  cpSync(join(repository, 'examples/triage'), join(folder, 'triage'), { recursive: true });
  const write = (path: string, text: string): void => writeFileSync(join(folder, path), text);
  mkdirSync(join(folder, oldRun), { recursive: true });
  write('.prompts/triage/prompt.json', '{"schema":1,"name":"triage"}');
  write('.prompts/triage/v1.md', 'Sort the ticket.\n\n{{ticket}}\n');
  write(
    '.prompts/triage/v1.json',
    '{"schema":1,"id":"a","version":1,"origin":"typed","created_at":"2026-02-03T10:00:00.000Z","metadata":{},"components":["system"]}',
  );
  write(`${oldRun}/run.json`, '{"schema":0,"prompt":"triage"}');
  write(`${oldRun}/report.md`, '# A run of triage\n\nNo better prompt was found.\n');
  return folder;
}
