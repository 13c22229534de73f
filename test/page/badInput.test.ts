import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startLoopbackServer } from '../support/loopbackServer.ts';
import type { LoopbackServer } from '../support/loopbackServer.ts';
import {
  answer,
  buttonsOf,
  clearMessages,
  message,
  openFile,
  patience,
  pick,
  putCursor,
  sentenceOf,
  titleButton,
} from './support/hands.ts';
import { action, choose, openRunView, widenSideBar } from './support/runView.ts';
import { closeAll, openWorkbench, pictureOfFailure } from './support/workbench.ts';
import type { Workbench } from './support/workbench.ts';

describe('A window without a folder', () => {
  let workbench: Workbench;

  before(async function () {
    this.timeout(120_000);
    workbench = await openWorkbench({ empty: true });
  });
  afterEach(function () {
    return pictureOfFailure(workbench, this.currentTest);
  });
  after(() => closeAll(workbench));

  it('says in the panel why a folder is needed, with the button that opens one', async () => {
    const view = await openRunView(workbench);
    await view.getByText('Open a folder first').waitFor({ timeout: patience });
    await view.locator('[data-remedy="open-folder"]').waitFor();
    await workbench.pictures('no-folder');
  });

  it('says that no editor is open', async () => {
    await workbench.runCommand('Refine Prompt');
    const shown = await message(workbench.page, 'No text editor is open');
    assert.match(await sentenceOf(shown), /Open the file with the prompt, and select it\./);
  });
});

describe('Bad input', () => {
  let workbench: Workbench;
  let server: LoopbackServer;

  before(async function () {
    this.timeout(120_000);
    server = await startLoopbackServer({ key: 'sk-right' });
    workbench = await openWorkbench({
      settings: {
        'promptRefiner.openai.baseUrl': server.url,
        'promptRefiner.refineModel': 'openai:sim-optimizer',
      },
    });
    await openFile(workbench.page, 'summarize.py');
  });
  afterEach(async function () {
    await pictureOfFailure(workbench, this.currentTest);
    await clearMessages(workbench.page);
  });
  after(() => closeAll(workbench, server));

  describe('of the model and its server', () => {
    it('asks for the key that the server wants', async () => {
      await refused(/key/i, ['Enter API key']);
      await workbench.pictures('bad-key-missing');
    });

    it('names a wrong key, and takes a better one from the button', async () => {
      const { page } = workbench;
      await workbench.runCommand('Prompt Refiner: Set API Key');
      await page.getByText('API key for').waitFor({ timeout: patience });
      await workbench.pictures('set-key');
      await answer(page, 'sk-wrong');
      await message(page, /The key for .* is stored/);
      await clearMessages(page);
      const shown = await refused('does not accept the key', ['Enter API key']);
      await workbench.pictures('bad-key-wrong');
      await shown.getByRole('button', { name: 'Enter API key' }).click();
      await answer(page, 'sk-right');
      await message(page, /The key for .* is stored/);
      await clearMessages(page);
      await refine();
      const review = page.locator('.tab', { hasText: 'yours ↔ refined' });
      await review.waitFor({ timeout: patience });
      await titleButton(page, 'Discard Refinement').click();
      await review.waitFor({ state: 'detached', timeout: patience });
    });

    it('names a model that the server does not have', async () => {
      workbench.changeSetting('promptRefiner.refineModel', 'openai:no-such-model');
      await refused('no-such-model', ['Choose model']);
      await workbench.pictures('bad-model');
    });

    it('says that the server is not there', async () => {
      workbench.changeSetting('promptRefiner.openai.baseUrl', 'http://127.0.0.1:9/v1');
      const shown = await refused('127.0.0.1:9');
      assert.equal((await buttonsOf(shown)).length, 1);
      await workbench.pictures('bad-server');
      workbench.changeSetting('promptRefiner.refineModel', 'demo:optimizer');
    });
  });

  describe('of the prompt', () => {
    it('says that an empty file holds no prompt', async () => {
      put('empty.md', '');
      await openFile(workbench.page, 'empty.md');
      await workbench.runCommand('Refine Prompt');
      const shown = await message(workbench.page, 'This document is empty');
      assert.match(await sentenceOf(shown), /Write a prompt into it first\./);
      await workbench.pictures('bad-empty-file');
    });

    it('says that only white space is selected', async () => {
      put('blank.md', 'One.\n\n   \n\nTwo.\n');
      const { page } = workbench;
      await openFile(page, 'blank.md');
      await putCursor(page, 3);
      await page.keyboard.press('Shift+End');
      await workbench.runCommand('Refine Prompt');
      const shown = await message(page, 'Only white space is selected');
      assert.match(await sentenceOf(shown), /Select the text to refine\./);
    });

    it('keeps the refined text in the file where .prompts cannot be written', async () => {
      put('.prompts', 'a file where a folder has to be');
      put('note.md', 'I want you to please answer {question} very carefully.\n');
      const { page } = workbench;
      await openFile(page, 'note.md');
      await workbench.runCommand('Refine Prompt');
      await page.locator('.tab', { hasText: 'yours ↔ refined' }).waitFor({ timeout: patience });
      await titleButton(page, 'Accept Refinement').click();
      const shown = await message(page, /\.prompts/);
      await workbench.pictures('bad-store');
      assert.match(await sentenceOf(shown), /\.prompts.*\./);
      await page.keyboard.press('Control+s');
      assert.doesNotMatch(readFileSync(join(workbench.workspace, 'note.md'), 'utf8'), /please/);
      rmSync(join(workbench.workspace, '.prompts'));
    });
  });

  describe('of the dataset', () => {
    before(async () => {
      const { page } = workbench;
      const view = await openRunView(workbench);
      await widenSideBar(workbench, 420);
      await openFile(page, 'triage/prompt.md');
      await workbench.runCommand('Prompt Refiner: Optimize Prompt');
      await view.getByText('triage/prompt.md').waitFor({ timeout: patience });
    });

    it('names the broken line, and opens it', async () => {
      put('broken.jsonl', '{"ticket":"a","label":"billing"}\n{"ticket": oops\n');
      const view = await chosen('broken.jsonl');
      await view
        .getByText(/line 2/i)
        .first()
        .waitFor({ timeout: patience });
      await workbench.pictures('bad-line');
    });

    it('says which column is missing', async () => {
      put('columns.csv', 'a,b,c\na parcel is late,red,shipping\na bill is wrong,blue,billing\n');
      const view = await chosen('columns.csv');
      await view
        .getByText('Choose the column with the right answers.')
        .first()
        .waitFor({ timeout: patience });
      assert.equal(await action(view, 'run-start').getAttribute('aria-disabled'), 'true');
      await workbench.pictures('bad-column');
    });

    it('says that one row is not enough', async () => {
      put('one.csv', 'ticket,label\na parcel is late,shipping\n');
      const view = await chosen('one.csv');
      await choose(view, 'expected', 'label');
      await view
        .getByText(/1 usable row/)
        .first()
        .waitFor({ timeout: patience });
      await action(view, 'run-start').scrollIntoViewIfNeeded();
      await workbench.pictures('bad-one-row');
    });
  });

  const put = (name: string, text: string) => writeFileSync(join(workbench.workspace, name), text);

  async function chosen(dataset: string) {
    const view = await workbench.panelFrame();
    await action(view, 'dataset-pick').scrollIntoViewIfNeeded();
    await action(view, 'dataset-pick').click();
    await pick(workbench.page, dataset);
    await view.locator('[data-action="dataset-open"]', { hasText: dataset }).waitFor({
      timeout: patience,
    });
    return view;
  }

  async function refine(): Promise<void> {
    await openFile(workbench.page, 'summarize.py');
    await putCursor(workbench.page, 7);
    await workbench.runCommand('Refine Prompt');
  }

  async function refused(sentence: string | RegExp, buttons?: readonly string[]) {
    await refine();
    const shown = await message(workbench.page, sentence);
    if (buttons) assert.deepEqual(await buttonsOf(shown), buttons);
    return shown;
  }
});
