import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { openFile, patience, pick } from '../page/support/hands.ts';
import { action, choose, openRunView, write } from '../page/support/runView.ts';
import { startLoopbackServer } from '../support/loopbackServer.ts';
import type { LoopbackOptions, LoopbackServer } from '../support/loopbackServer.ts';
import { foldView, useGallery } from './support/gallery.ts';
import type { Gallery, Shot } from './support/gallery.ts';

const tall: Shot = { frame: 'side-bar', height: 1_900 };

/** Opens the form for the sample prompt over this file. */
async function openForm({ workbench }: Gallery, dataset: string): Promise<Frame> {
  const view = await openRunView(workbench());
  await foldView(workbench(), 'Versions');
  await openFile(workbench().page, 'triage/prompt.md');
  await workbench().runCommand('Prompt Refiner: Optimize Prompt');
  await view.getByText('triage/prompt.md').waitFor({ timeout: patience });
  await action(view, 'dataset-pick').click();
  await pick(workbench().page, dataset);
  await view.locator('[data-action="dataset-open"]', { hasText: dataset }).waitFor({
    timeout: patience,
  });
  return view;
}

/** Chooses the models of the server, and the right column where it is not clear. */
async function fill(view: Frame): Promise<void> {
  await choose(view, 'expected', 'label');
  await choose(view, 'taskModel', 'openai:sim-task');
  await choose(view, 'optimizerModel', 'openai:sim-optimizer');
  await write(view, 'maxIterations', '12');
  await view.locator('.figures', { hasText: 'Calls' }).waitFor({ timeout: patience });
}

/** A server of this kind for the tests of this `describe`. */
function useServer(options: LoopbackOptions): () => LoopbackServer {
  let server: LoopbackServer | undefined;
  before(async () => {
    server = await startLoopbackServer(options);
  });
  after(() => server?.close());
  return () => {
    if (!server) throw new Error('The server is not running.');
    return server;
  };
}

describe('A run, from the form to its end', () => {
  const server = useServer({ latencyMs: 500 });
  const gallery = useGallery(() => ({
    settings: { 'promptRefiner.openai.baseUrl': server().url },
  }));
  const { workbench, take } = gallery;
  let view: Frame;

  it('form filled', async () => {
    view = await openForm(gallery, 'tickets.csv');
    await fill(view);
    await take('form-filled', tall);
  });

  it('form with everything open', async () => {
    await view.locator('details.more summary').first().click();
    for (const closed of await view.locator('details:not([open]) > summary').all()) {
      await closed.click();
    }
    await take('form-open', { ...tall, height: 2_600 });
  });

  it('form with problems', async () => {
    await write(view, 'patience', 'six');
    await write(view, 'targetThreshold', '0,9');
    await write(view, 'maxIterations', '-4');
    await view.locator('.problem').first().waitFor({ timeout: patience });
    await take('form-problems', { ...tall, height: 2_600 });
    await write(view, 'patience', '6');
    await write(view, 'targetThreshold', '0.9');
    await write(view, 'maxIterations', '30');
  });

  it('running and paused', async () => {
    await action(view, 'run-start').click();
    await view.locator('[data-trial]').first().waitFor({ timeout: patience });
    await take('running', tall);
    await action(view, 'run-pause').click();
    await view.getByText('Paused: nothing is sent').waitFor({ timeout: patience });
    await take('paused', tall);
  });

  it('cancelled', async () => {
    await action(view, 'run-cancel').click();
    await action(view, 'run-close').waitFor({ timeout: patience });
    await take('cancelled', tall);
    await action(view, 'run-close').click();
  });

  it('better', async function () {
    await workbench().runCommand('Prompt Refiner: Try the Demo');
    await action(view, 'run-close').waitFor({ timeout: 120_000 });
    await view.locator('.breakdown table.confusion').first().waitFor({ timeout: patience });
    await take('result-better', { ...tall, height: 3_400 });
    await view.locator('[data-rows="all"]').click();
    await take('result-all-rows', tall);
    await view.locator('[data-trial]').nth(1).click();
    await view.locator('[data-trial]').nth(1).scrollIntoViewIfNeeded();
    await take('result-trial-selected', {
      ...tall,
      settle: () => view.locator('[data-trial]').nth(1).scrollIntoViewIfNeeded(),
    });
  });

  it('slices', async () => {
    await action(view, 'slices-pick').click();
    await pick(workbench().page, 'label');
    await view.locator('table.slices').waitFor({ timeout: patience });
    await take('result-slices', {
      ...tall,
      settle: () => view.locator('table.slices').scrollIntoViewIfNeeded(),
    });
  });

  it('row diff', async () => {
    await view.locator('[data-rows="broken"], [data-rows="fixed"]').nth(1).click();
    await view.locator('table.rows [data-row] button').first().click();
    await workbench().page.locator('.diffOverview').first().waitFor({ timeout: patience });
    await take('result-row-diff');
  });
});

describe('A dataset without a row', () => {
  const gallery = useGallery(() => ({}));

  it('no rows', async () => {
    writeFileSync(join(gallery.workbench().workspace, 'none.csv'), 'ticket,label\n');
    await openForm(gallery, 'none.csv');
    await gallery.take('no-rows', tall);
  });
});

describe('A server that wants a key', () => {
  const server = useServer({ key: 'sk-right' });
  const gallery = useGallery(() => ({
    settings: { 'promptRefiner.openai.baseUrl': server().url },
  }));

  it('no key', async () => {
    const view = await openForm(gallery, 'tickets.csv');
    await choose(view, 'expected', 'label');
    await view.getByText(/key/i).first().waitFor({ timeout: patience });
    await gallery.take('no-key', tall);
  });
});

describe('A server that fails', () => {
  const server = useServer({ rateLimited: 0.5, retryAfter: 20, latencyMs: 300 });
  const gallery = useGallery(() => ({
    settings: { 'promptRefiner.openai.baseUrl': server().url },
  }));

  it('waiting after errors', async () => {
    const view = await openForm(gallery, 'tickets.csv');
    await fill(view);
    await action(view, 'run-start').click();
    await view.locator('[data-next-try]').waitFor({ timeout: patience });
    await gallery.take('waiting', tall);
  });
});

describe('A server that refuses every row', () => {
  const server = useServer({ refused: 'household goods' });
  const gallery = useGallery(() => ({
    settings: { 'promptRefiner.openai.baseUrl': server().url },
  }));

  it('all rows failed', async () => {
    const view = await openForm(gallery, 'tickets.csv');
    await fill(view);
    await action(view, 'run-start').click();
    await action(view, 'run-close').waitFor({ timeout: patience });
    await gallery.take('all-failed', tall);
  });
});

describe('A run that finds nothing better', () => {
  const server = useServer({ answers: ['billing'] });
  const gallery = useGallery(() => ({
    settings: { 'promptRefiner.openai.baseUrl': server().url },
  }));

  it('not better', async () => {
    const view = await openForm(gallery, 'tickets.csv');
    await fill(view);
    await action(view, 'run-start').click();
    await action(view, 'run-close').waitFor({ timeout: 120_000 });
    await gallery.take('result-unchanged', tall);
  });
});
