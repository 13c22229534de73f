import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  message,
  openFile,
  patience,
  pick,
  putCursor,
  titleButton,
} from '../page/support/hands.ts';
import { startLoopbackServer } from '../support/loopbackServer.ts';
import type { LoopbackServer } from '../support/loopbackServer.ts';
import { quiet, useGallery } from './support/gallery.ts';

const sorting =
  'You sort the support tickets of a shop.\nAnswer with the name of the team that has to answer.\n\nTicket: {ticket}';
const file = (text: string) => `SORT_PROMPT = """${text}"""\n`;
const rewritten = (text: string, what = 'Said that one word is enough.') =>
  `<refined_prompt>\n${text}\n</refined_prompt>\n<changes>\n<change><what>${what}</what><why>It was open.</why></change>\n</changes>`;
const shorter = sorting.replace('the name of the team that has to answer', 'one team name only');

describe('Refining', () => {
  let server: LoopbackServer | undefined;
  const { workbench, take } = useGallery(() => ({
    settings: { 'promptRefiner.refineModel': 'openai:sim-optimizer' },
  }));
  afterEach(() => server?.close());
  const tab = (stage: string) => workbench().page.locator('.tab', { hasText: `yours ↔ ${stage}` });

  async function prepared(name: string, ...answers: string[]): Promise<void> {
    server = await startLoopbackServer({ wordMs: 0, answers });
    workbench().changeSetting('promptRefiner.openai.baseUrl', server.url);
    writeFileSync(join(workbench().workspace, name), file(sorting));
    await openFile(workbench().page, name);
    await putCursor(workbench().page, 2);
  }

  it('diff', async () => {
    await prepared('diff.py', rewritten(shorter));
    await workbench().runCommand('Refine Prompt');
    await tab('refined').waitFor({ timeout: patience });
    await workbench()
      .page.getByText('changes, and why')
      .or(workbench().page.getByText('change, and why'))
      .first()
      .waitFor({ timeout: patience });
    await quiet(workbench());
    await take('refine-diff', { height: 700 });
    await titleButton(workbench().page, 'Discard Refinement').click();
    await tab('refined').waitFor({ state: 'detached', timeout: patience });
  });

  it('candidates', async () => {
    const { page } = workbench();
    await prepared(
      'several.py',
      rewritten(shorter),
      rewritten(shorter.replace('You sort', 'Sort'), 'Began with the verb.'),
      rewritten(sorting.replace('{ticket}', ''), 'Shortened it.'),
    );
    await workbench().runCommand('Prompt Refiner: Refine Prompt with Techniques…');
    await page.getByText('Refine with which techniques?').waitFor({ timeout: patience });
    await take('refine-techniques', { drags: false, height: 700 });
    await page.locator('.quick-input-action .monaco-button', { hasText: 'OK' }).click();
    await pick(page, '3 candidates');
    await page.getByText('Which candidate?').waitFor({ timeout: patience });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await tab('being written').waitFor({ timeout: patience });
    await take('refine-candidates', { drags: false, height: 700 });
    await pick(page, 'Candidate 1');
    await tab('refined').waitFor({ timeout: patience });
    await titleButton(page, 'Discard Refinement').click();
  });

  it('refused', async () => {
    const { page } = workbench();
    await prepared('refused.py', rewritten(sorting.replace('{ticket}', '{text}')));
    await workbench().runCommand('Refine Prompt');
    await message(page, 'gave no usable rewrite');
    await take('refine-refused-message', { drags: false, height: 700 });
    const shown = await message(page, 'gave no usable rewrite');
    await shown.getByRole('button', { name: 'Show refused text' }).click();
    await tab('refused').waitFor({ timeout: patience });
    await quiet(workbench());
    await take('refine-refused', { height: 700 });
    await workbench().runCommand('View: Close Editor');
  });

  it('lenses and hover', async () => {
    const { page } = workbench();
    await prepared('known.py', rewritten(shorter));
    await workbench().runCommand('Refine Prompt');
    await tab('refined').waitFor({ timeout: patience });
    await titleButton(page, 'Accept Refinement').click();
    await page.locator('.codelens-decoration', { hasText: 'not measured' }).waitFor({
      timeout: patience,
    });
    await quiet(workbench());
    await take('editor-lenses', { height: 700 });
    await take('editor-hover', {
      height: 700,
      drags: false,
      settle: async () => {
        await page.mouse.move(2, 2);
        await page.locator('.editor-instance .view-line', { hasText: 'You sort' }).first().hover();
        await page.locator('.monaco-hover', { hasText: 'v2' }).waitFor({ timeout: patience });
      },
    });
  });

  it('conflict', async () => {
    const { page } = workbench();
    await prepared('conflict.py', rewritten(shorter));
    await workbench().runCommand('Refine Prompt');
    await tab('refined').waitFor({ timeout: patience });
    await page.locator('.tab', { hasText: /^conflict\.py$/ }).click();
    await putCursor(page, 2);
    await page.keyboard.type('Always ');
    await tab('refined').click();
    await titleButton(page, 'Accept Refinement').click();
    await page.locator('.view-line', { hasText: '<<<<<<< refined' }).waitFor({ timeout: patience });
    await message(page, 'Nothing was overwritten');
    await take('refine-conflict', { height: 700 });
  });

  it('lint', async () => {
    const { page } = workbench();
    await quiet(workbench());
    const text = `${sorting}\nUse {{team}} as JSON.\nAnswer with JSON.\nAnswer in plain text.\nKey: sk-abcdefghijklmnopqrstuvwxyz123456\u200b`;
    writeFileSync(join(workbench().workspace, 'lint.py'), file(text));
    await openFile(page, 'lint.py');
    await page.locator('.squiggly-warning').first().waitFor({ timeout: patience });
    await workbench().runCommand('View: Focus Problems (Errors, Warnings, Infos)');
    await take('lint', { height: 800 });
  });
});
