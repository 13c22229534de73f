import assert from 'node:assert/strict';
import { commands, window, workspace } from 'vscode';
import { startLoopbackServer } from '../support/loopbackServer.ts';
import type { LoopbackServer } from '../support/loopbackServer.ts';
import { lastMessage, prompt, promptFile, refine, refinedText } from './support/refinement.ts';
import { seatForRefining } from './support/seat.ts';
import {
  diffTab,
  findDiff,
  namesBelow,
  opened,
  setSetting,
  textOf,
  until,
  written,
} from './support/window.ts';

const drafts = 'prompt-draft';
const refinements = 'prompt-refinement';

describe('the preview of what the model is writing', () => {
  const person = seatForRefining('openai:sim-optimizer');
  let server: LoopbackServer;

  async function serve(wordMs: number): Promise<void> {
    server = await startLoopbackServer({ wordMs });
    await setSetting('openai.baseUrl', server.url);
  }

  afterEach(async () => {
    await server.close();
    await setSetting('openai.baseUrl', undefined);
  });

  /** The text that grows on the right side. */
  async function draft(): Promise<string> {
    const { input } = await diffTab(drafts);
    return (await workspace.openTextDocument(input.modified)).getText();
  }

  it('grows while the model writes, and makes way for the refinement', async () => {
    await serve(30);
    const { document } = await opened(await written('grows.py', promptFile), { selected: prompt });
    const refining = refine();
    const first = await until('first words', async () => (await draft()) || undefined);
    const later = await until('more words', async () => {
      const text = findDiff(drafts) ? await draft() : first;
      return text.length > first.length && text;
    });
    assert.ok(later.startsWith(first.trimEnd()), later);
    assert.equal((await diffTab(drafts)).label, 'grows.py: yours ↔ being written');
    assert.equal(document.getText(), promptFile, 'nothing is written meanwhile');
    await refining;
    assert.ok((await refinedText()).startsWith(first.trimEnd()));
    assert.equal(findDiff(drafts), undefined);
    assert.deepEqual(person.messages, []);
  });

  it('leaves everything as it was when it is cancelled in the stream', async () => {
    await serve(200);
    const { document } = await opened(await written('stop.py', promptFile), { selected: prompt });
    const tabs = tabLabels();
    const refining = refine();
    await until('first words', async () => (await draft()) || undefined);
    person.cancels();
    await refining;
    assert.deepEqual(tabLabels(), tabs);
    assert.equal(document.getText(), promptFile);
    assert.equal(document.isDirty, false);
    assert.equal(await textOf('stop.py'), promptFile);
    assert.deepEqual(await namesBelow('.prompts/stop-triage'), []);
    assert.deepEqual(person.messages, []);
    await until('a server that writes to nobody', () => server.ledger.inFlight === 0);
  });

  it('is cancelled by closing its tab', async () => {
    await serve(200);
    const { document } = await opened(await written('shut.py', promptFile), { selected: prompt });
    const tabs = tabLabels();
    const refining = refine();
    await until('first words', async () => (await draft()) || undefined);
    await window.tabGroups.close(await diffTab(drafts));
    await refining;
    assert.deepEqual(tabLabels(), tabs);
    assert.equal(document.getText(), promptFile);
    assert.deepEqual(person.messages, []);
  });

  it('leaves the refinement as it was when refining again is cancelled in the stream', async () => {
    await serve(1);
    await opened(await written('again-stop.py', promptFile), { selected: prompt });
    await refine();
    const first = await refinedText();
    await server.close();
    await serve(200);
    person.willPick('A new instruction');
    person.willType('Answer in JSON');
    const refining = commands.executeCommand('promptRefiner.refineAgain');
    await until('first words', async () => (await draft()) || undefined);
    person.cancels();
    await refining;
    assert.equal(findDiff(drafts), undefined);
    assert.ok(findDiff(refinements));
    assert.equal(await refinedText(), first);
    assert.deepEqual(person.messages, []);
  });

  it('cannot be accepted before it is whole', async () => {
    await serve(200);
    const { document } = await opened(await written('early.py', promptFile), { selected: prompt });
    const refining = refine();
    await until('first words', async () => (await draft()) || undefined);
    await commands.executeCommand('promptRefiner.acceptRefinement');
    assert.match((await lastMessage(person)).text, /No refinement is open here/);
    assert.equal(document.getText(), promptFile);
    person.cancels();
    await refining;
  });

  function tabLabels(): string[] {
    return window.tabGroups.all.flatMap(group => group.tabs).map(({ label }) => label);
  }
});
