import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startLoopbackServer } from '../support/loopbackServer.ts';
import type { LoopbackServer } from '../support/loopbackServer.ts';
import {
  clearMessages,
  message,
  openFile,
  patience,
  pick,
  putCursor,
  titleButton,
} from './support/hands.ts';
import { closeAll, openWorkbench, pictureOfFailure } from './support/workbench.ts';
import type { Workbench } from './support/workbench.ts';

const sorting =
  'You sort the support tickets of a shop.\nAnswer with the name of the team that has to answer.\n\nTicket: {ticket}';
const file = (text: string) => `SORT_PROMPT = """${text}"""\n`;
const rewritten = (text: string, what = 'Said that one word is enough.') =>
  `<refined_prompt>\n${text}\n</refined_prompt>\n<changes>\n<change><what>${what}</what><why>It was open.</why></change>\n</changes>`;
const shorter = sorting.replace('the name of the team that has to answer', 'one team name only');

describe('How a refinement looks', () => {
  let workbench: Workbench;
  let server: LoopbackServer | undefined;

  before(async function () {
    this.timeout(120_000);
    workbench = await openWorkbench({
      settings: { 'promptRefiner.refineModel': 'openai:sim-optimizer' },
    });
  });
  afterEach(async function () {
    await pictureOfFailure(workbench, this.currentTest);
    await server?.close();
  });
  after(() => closeAll(workbench));

  const allThemes = ['light', 'highContrast', 'dark'] as const;
  const tab = (stage: string) => workbench.page.locator('.tab', { hasText: `yours ↔ ${stage}` });

  /** A file with the prompt, the cursor in it, and a model that answers so. */
  async function prepared(name: string, options: { wordMs?: number; answers: string[] }) {
    server = await startLoopbackServer({ wordMs: 0, ...options });
    workbench.changeSetting('promptRefiner.openai.baseUrl', server.url);
    writeFileSync(join(workbench.workspace, name), file(sorting));
    await openFile(workbench.page, name);
    await putCursor(workbench.page, 2);
  }

  const statusOf = (text: RegExp) =>
    workbench.page.locator('.statusbar-item', { hasText: text }).waitFor({ timeout: patience });

  async function discard(): Promise<void> {
    await titleButton(workbench.page, 'Discard Refinement').click();
    await tab('refined').waitFor({ state: 'detached', timeout: patience });
  }

  it('while the model is writing: the text grows beside the prompt', async () => {
    await prepared('growing.py', { wordMs: 400, answers: [rewritten(shorter)] });
    await workbench.runCommand('Refine Prompt');
    await tab('being written').waitFor({ timeout: patience });
    await workbench.screenshot('refine-streaming-dark');
    await message(workbench.page, 'Refining the prompt…');
    await tab('refined').waitFor({ timeout: patience });
    await tab('being written').waitFor({ state: 'detached', timeout: patience });
    await discard();
  });

  it('with several candidates: each with its tokens and reasons, the marked one in the diff', async () => {
    const { page } = workbench;
    const lost = sorting.replace('{ticket}', '');
    const answers = [
      rewritten(shorter),
      rewritten(shorter.replace('You sort', 'Sort'), 'Began with the verb.'),
      rewritten(lost, 'Shortened it.'),
    ];
    await prepared('several.py', { answers });
    await workbench.runCommand('Prompt Refiner: Refine Prompt with Techniques…');
    await page.getByText('Refine with which techniques?').waitFor({ timeout: patience });
    await workbench.pictures('refine-techniques');
    await page.locator('.quick-input-action .monaco-button', { hasText: 'OK' }).click();
    await pick(page, '3 candidates');
    await page.getByText('Which candidate?').waitFor({ timeout: patience });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await tab('being written').waitFor({ timeout: patience });
    await workbench.pictures('refine-candidates', allThemes);
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Refused by' }).waitFor();
    await pick(page, 'Candidate 1');
    await tab('refined').waitFor({ timeout: patience });
    await discard();
  });

  it('refused: the text, the guard and its sentence, and nothing to accept it with', async () => {
    const { page } = workbench;
    await prepared('refused.py', { answers: [rewritten(sorting.replace('{ticket}', '{text}'))] });
    await workbench.runCommand('Refine Prompt');
    const shown = await message(page, 'gave no usable rewrite');
    await workbench.screenshot('refine-refused-message-dark');
    await shown.getByRole('button', { name: 'Show refused text' }).click();
    await tab('refused').waitFor({ timeout: patience });
    await page
      .locator('.review-widget')
      .getByText('Refused: this text')
      .waitFor({ timeout: patience });
    assert.equal(await titleButton(page, 'Accept Refinement').count(), 0);
    await clearMessages(page);
    await workbench.pictures('refine-refused', allThemes);
    await workbench.runCommand('View: Close Editor');
  });

  it('known: lenses above the prompt, its history on hover, its tokens in the status bar', async () => {
    const { page } = workbench;
    await prepared('known.py', { answers: [rewritten(shorter)] });
    await workbench.runCommand('Refine Prompt');
    await tab('refined').waitFor({ timeout: patience });
    await titleButton(page, 'Accept Refinement').click();
    await page
      .locator('.codelens-decoration', { hasText: 'not measured' })
      .waitFor({ timeout: patience });
    workbench.changeSetting('promptRefiner.taskModel', 'vertex:gemini-2.5-flash');
    await statusOf(/^~\d+ tokens · .*\$.* a call$/);
    workbench.changeSetting('promptRefiner.taskModel', 'vertex:gemini-of-tomorrow');
    await statusOf(/^~\d+ tokens$/);
    workbench.changeSetting('promptRefiner.taskModel', 'openai:gpt-4o');
    await statusOf(/^\d+ tokens · .* a call$/);
    await clearMessages(page);
    await workbench.pictures('refine-lenses', allThemes);
    await page.locator('.editor-instance .view-line', { hasText: 'You sort' }).first().hover();
    await page.locator('.monaco-hover', { hasText: 'v2' }).waitFor({ timeout: patience });
    await page.screenshot({ path: join(import.meta.dirname, '../out/refine-hover-dark.png') });
  });

  it('changed in the same place meanwhile: both texts in a new document, between marks', async () => {
    const { page } = workbench;
    await prepared('conflict.py', { answers: [rewritten(shorter)] });
    await workbench.runCommand('Refine Prompt');
    await tab('refined').waitFor({ timeout: patience });
    await page.locator('.tab', { hasText: /^conflict\.py$/ }).click();
    await putCursor(page, 2);
    await page.keyboard.type('Always ');
    await tab('refined').click();
    await titleButton(page, 'Accept Refinement').click();
    await page.locator('.view-line', { hasText: '<<<<<<< refined' }).waitFor({ timeout: patience });
    await message(page, 'Nothing was overwritten');
    await workbench.pictures('refine-conflict', allThemes);
  });

  it('linted: what looks wrong is marked in the prompt and listed under Problems', async () => {
    const { page } = workbench;
    const text = `${sorting}\nUse {{team}} as JSON.\nAnswer with JSON.\nAnswer in plain text.\nKey: sk-abcdefghijklmnopqrstuvwxyz123456\u200b`;
    writeFileSync(join(workbench.workspace, 'lint.py'), file(text));
    await openFile(page, 'lint.py');
    await page.locator('.squiggly-warning').first().waitFor({ timeout: patience });
    await workbench.runCommand('View: Focus Problems (Errors, Warnings, Infos)');
    await workbench.pictures('lint', allThemes);
  });
});
