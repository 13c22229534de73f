import assert from 'node:assert/strict';
import { commands, workspace } from 'vscode';
import { startLoopbackServer } from '../support/loopbackServer.ts';
import { sitDown } from './support/person.ts';
import type { Person } from './support/person.ts';
import {
  closeEverything,
  diffTab,
  opened,
  promptRefiner,
  setSetting,
  until,
  written,
} from './support/window.ts';

const prompt = 'Sort the ticket.\nAnswer with one of: billing, shipping\n\nTicket: {{ticket}}';

describe('API keys', () => {
  let person: Person;

  before(async () => {
    await promptRefiner();
  });
  beforeEach(() => (person = sitDown()));
  afterEach(async () => {
    person.leave();
    await closeEverything();
    await setSetting('refineModel', undefined);
    await setSetting('openai.baseUrl', undefined);
  });

  it('are refused in settings, with a button that removes them there', async () => {
    const { writeFile, readFile } = workspace.fs;
    const settings = await written('.vscode/settings.json', '{}');
    person.willClick('Remove it');
    await writeFile(settings, new TextEncoder().encode('{ "promptRefiner.apiKey": "sk-secret" }'));
    const refusal = await until('the refusal', () =>
      person.messages.find(({ text }) => text.includes('is not used')),
    );
    assert.match(refusal.text, /promptRefiner\.apiKey is not used/);
    assert.ok(!refusal.text.includes('sk-secret'));
    await until('its removal', async () => {
      const text = new TextDecoder().decode(await readFile(settings));
      const places = workspace.getConfiguration('promptRefiner').inspect('apiKey');
      return !text.includes('sk-secret') && places?.workspaceValue === undefined;
    });
  });

  it('that are missing or wrong are asked for, and the right one then works', async () => {
    const server = await startLoopbackServer({ key: 'sk-right' });
    try {
      await setSetting('openai.baseUrl', server.url);
      await setSetting('refineModel', 'openai:sim-optimizer');
      await opened(await written('key.txt', prompt), { selected: prompt });
      await commands.executeCommand('promptRefiner.refine');
      const missing = await until('a message', () => person.messages.at(-1));
      assert.match(missing.text, /key/i);
      assert.deepEqual(missing.buttons, ['Enter API key']);
      person.willType('sk-right');
      await commands.executeCommand('promptRefiner.setApiKey');
      await commands.executeCommand('promptRefiner.refine');
      await diffTab('prompt-refinement');
      assert.equal(server.ledger.lastAuthorization, 'Bearer sk-right');
    } finally {
      await server.close();
    }
  });

  it('are never sent to an origin that they were not entered for', async () => {
    const first = await startLoopbackServer({ key: 'sk-first' });
    const second = await startLoopbackServer({ key: 'sk-second' });
    try {
      await setSetting('openai.baseUrl', first.url);
      person.willType('sk-first');
      await commands.executeCommand('promptRefiner.setApiKey');
      await setSetting('openai.baseUrl', second.url);
      await setSetting('refineModel', 'openai:sim-optimizer');
      await opened(await written('origin.txt', prompt), { selected: prompt });
      await commands.executeCommand('promptRefiner.refine');
      await until('a refusal', () => person.messages.some(({ text }) => /key/i.test(text)));
      assert.notEqual(second.ledger.lastAuthorization, 'Bearer sk-first');
    } finally {
      await first.close();
      await second.close();
    }
  });
});
