import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { startLoopbackServer } from '../support/loopbackServer.ts';
import type { LoopbackServer } from '../support/loopbackServer.ts';
import {
  buttonsOf,
  clearMessages,
  message,
  openFile,
  patience,
  pick,
  until,
} from './support/hands.ts';
import { action, choose, openRunView, widenSideBar, write } from './support/runView.ts';
import { closeAll, openWorkbench, pictureOfFailure } from './support/workbench.ts';
import type { Workbench } from './support/workbench.ts';

const prompt = 'triage/prompt.md';

describe('A run in the side panel', () => {
  let workbench: Workbench;
  let server: LoopbackServer;
  let view: Frame;

  before(async function () {
    this.timeout(120_000);
    server = await startLoopbackServer({ latencyMs: 500 });
    workbench = await openWorkbench({ settings: { 'promptRefiner.openai.baseUrl': server.url } });
    view = await openRunView(workbench);
    await view.getByText('Try the demo').waitFor({ timeout: patience });
    await widenSideBar(workbench, 420);
  });
  afterEach(function () {
    return pictureOfFailure(workbench, this.currentTest);
  });
  after(() => closeAll(workbench, server));

  it('offers the demo, and suggests the prompt and the dataset of the workspace', async () => {
    await view.getByText('Suggested: the only prompt file of this folder.').waitFor();
    await view.getByText('Suggested: the only dataset beside the prompt.').waitFor();
    await view.locator('.figures', { hasText: 'Calls' }).waitFor({ timeout: patience });
    await workbench.pictures('run-empty');
  });

  it('fills in prompt, dataset and columns, and estimates the cost before the start', async () => {
    const { page } = workbench;
    await openFile(page, prompt);
    await workbench.runCommand('Prompt Refiner: Optimize Prompt');
    await view.getByText('triage/prompt.md').waitFor({ timeout: patience });
    await action(view, 'dataset-pick').click();
    await pick(page, 'tickets.csv');
    await view.getByText('Column with the right answer').waitFor({ timeout: patience });
    await choose(view, 'expected', 'label');
    await choose(view, 'taskModel', 'openai:sim-task');
    await choose(view, 'optimizerModel', 'openai:sim-optimizer');
    await write(view, 'maxIterations', '12');
    await view.locator('.figures', { hasText: 'Calls' }).waitFor({ timeout: patience });
    await view.locator('h2').first().scrollIntoViewIfNeeded();
    await workbench.pictures('run-form');
    await action(view, 'run-start').scrollIntoViewIfNeeded();
    await workbench.pictures('run-estimate');
  });

  it('shows trials, chart and spending while it runs', async () => {
    await action(view, 'run-start').click();
    await action(view, 'run-cancel').waitFor({ timeout: patience });
    await view.locator('[data-trial]').first().waitFor({ timeout: patience });
    await view.locator('canvas').first().waitFor({ timeout: patience });
    await workbench.pictures('run-running');
  });

  it('goes on while the view is hidden', async () => {
    const { page } = workbench;
    await page.getByRole('tab', { name: /^Explorer/ }).click();
    await page.locator('.part.sidebar .explorer-viewlet').waitFor({ timeout: patience });
    await until('end of the hidden page', () => view.isDetached());
    view = await openRunView(workbench);
    await action(view, 'run-cancel').waitFor({ timeout: patience });
  });

  it('keeps what was paid when the window is reloaded in the middle, and resumes', async () => {
    await workbench.reload();
    view = await openRunView(workbench);
    await view.locator('[data-action="run-resume"], [data-remedy="resume"]').first().waitFor({
      timeout: patience,
    });
    await view.locator('[data-trial]').first().waitFor({ timeout: patience });
    await workbench.pictures('run-interrupted');
    await view.locator('[data-action="run-resume"], [data-remedy="resume"]').first().click();
    await action(view, 'run-cancel').waitFor({ timeout: patience });
  });

  it('cancels at once and says what it knows by then', async () => {
    await action(view, 'run-cancel').click();
    await action(view, 'run-close').waitFor({ timeout: patience });
    await view
      .getByText(/cancelled|stopped by you/i)
      .first()
      .waitFor();
    await workbench.pictures('run-cancelled');
    await action(view, 'run-close').click();
  });

  it('runs the demo to its verdict', async () => {
    await workbench.runCommand('Prompt Refiner: Try the Demo');
    await view.locator('.result').waitFor({ timeout: 90_000 });
    await action(view, 'run-close').waitFor({ timeout: patience });
    const all = ['light', 'highContrast', 'highContrastLight', 'dark'] as const;
    await workbench.pictures('run-result', all);
    await view.locator('[data-trial]').first().scrollIntoViewIfNeeded();
    await workbench.pictures('run-result-trials', all);
  });

  it('opens the diff of the winner', async () => {
    await action(view, 'candidate-diff').click();
    await workbench.page.locator('.tab', { hasText: 'original ↔ best' }).waitFor({
      timeout: patience,
    });
    await workbench.pictures('run-diff');
  });

  it('saves the winner as a version', async () => {
    await action(view, 'version-save').click();
    const saved = await message(workbench.page, /Saved as triage v2 in \.prompts/);
    assert.deepEqual(await buttonsOf(saved), ['Compare', 'Open']);
    await view.getByText('Saved as triage v2').waitFor({ timeout: patience });
    const version = (name: string) => join(workbench.workspace, '.prompts/triage', name);
    assert.equal(
      readFileSync(version('v1.md'), 'utf8').trim(),
      readFileSync(join(workbench.workspace, prompt), 'utf8').trim(),
    );
    assert.ok(existsSync(version('v2.md')));
    await workbench.pictures('run-saved');
    await clearMessages(workbench.page);
  });

  it('still reads well in a side bar of 320 pixels', async () => {
    await widenSideBar(workbench, 320);
    await workbench.pictures('run-narrow');
    await action(view, 'run-close').click();
    await action(view, 'run-start').waitFor({ timeout: patience });
    await workbench.pictures('run-form-narrow');
  });
});
