import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  answer,
  chooseInContextMenu,
  openFile,
  patience,
  putCursor,
  selectLines,
  titleButton,
  until,
} from './support/hands.ts';
import { closeAll, openWorkbench, pictureOfFailure } from './support/workbench.ts';
import type { Workbench } from './support/workbench.ts';

const file = 'prompts/summarize.py';

describe('Refining a prompt in a Python file', () => {
  let workbench: Workbench;
  let original: string;

  before(async function () {
    this.timeout(120_000);
    workbench = await openWorkbench();
    original = onDisk(file);
    await openFile(workbench.page, 'summarize.py');
  });
  afterEach(function () {
    return pictureOfFailure(workbench, this.currentTest);
  });
  after(() => closeAll(workbench));

  it('shows the diff with the reason for each change, from the palette', async () => {
    const { page } = workbench;
    await putCursor(page, 7);
    await workbench.runCommand('Refine Prompt');
    await reviewIsOpen();
    const reasons = page.locator('.review-widget').last();
    await reasons.getByText(/\d+ changes?, and why/).waitFor({ timeout: patience });
    await reasons
      .getByText(/simulation/)
      .first()
      .waitFor();
    await workbench.pictures('refine', ['light', 'highContrast', 'highContrastLight', 'dark']);
  });

  it('takes an instruction and builds on the refined text', async () => {
    const { page } = workbench;
    await titleButton(page, 'Refine Again…').click();
    await page.getByText('What should be different?').waitFor({ timeout: patience });
    await workbench.pictures('refine-again');
    await answer(page, 'shorter, and answer as JSON');
    await page.getByText('You asked: shorter, and answer as JSON').waitFor({ timeout: patience });
    await page.getByText('You asked for JSON.').waitFor();
    await workbench.pictures('refined-again');
  });

  it('discards without a trace', async () => {
    const { page } = workbench;
    await titleButton(page, 'Discard Refinement').click();
    await reviewIsClosed();
    assert.equal(await shown(), original);
    assert.ok(!existsSync(join(workbench.workspace, '.prompts')));
  });

  it('accepts as one undo step and keeps both texts as versions, from the context menu', async () => {
    const { page } = workbench;
    await selectLines(page, 6, 12);
    await chooseInContextMenu(page, 'and then mention', 'Refine Prompt');
    await reviewIsOpen();
    await titleButton(page, 'Accept Refinement').click();
    await reviewIsClosed();
    const accepted = await until('refined prompt in the file', async () => {
      const text = await shown();
      return text !== original && text;
    });
    assert.ok(accepted.includes('{language}') && accepted.includes('{transcript}'));
    const versions = await until('two versions', () => {
      const files = versionFiles();
      return files.length === 2 && files;
    });
    assert.deepEqual(versions, ['v1.md', 'v2.md']);
    await workbench.pictures('refine-accepted');
    await page.keyboard.press('Control+z');
    await until('undone text', async () => (await shown()) === original);
  });

  const onDisk = (path: string) => readFileSync(join(workbench.workspace, path), 'utf8');
  const review = () => workbench.page.locator('.tab', { hasText: 'yours ↔ refined' });
  const reviewIsOpen = () => review().waitFor({ timeout: patience });
  const reviewIsClosed = () => review().waitFor({ state: 'detached', timeout: patience });

  /** The text of the open file, saved first. */
  async function shown(): Promise<string> {
    await workbench.page.keyboard.press('Control+s');
    return onDisk(file);
  }

  function versionFiles(): string[] {
    const folder = join(workbench.workspace, '.prompts');
    if (!existsSync(folder)) return [];
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return files.flatMap(path => /v\d+\.md$/.exec(path)?.[0] ?? []).sort();
  }
});
