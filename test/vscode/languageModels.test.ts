import assert from 'node:assert/strict';
import { commands, extensions, workspace } from 'vscode';
import type { LanguageModelError } from 'vscode';
import { seatForRefining } from './support/seat.ts';
import { diffTab, opened, promptRefiner, setSetting, until, written } from './support/window.ts';

/** What the stand-in of test/vscode/fixtures/languageModel lets a test say. */
interface Script {
  readonly requests: string[][];
  answer: string;
  pauseMs: number;
  error: ((api: { LanguageModelError: typeof LanguageModelError }) => Error) | undefined;
}

const prompt = 'Sort the ticket.\nTicket: {{ticket}}';

describe('the language models of VS Code', () => {
  const person = seatForRefining('vscode:standin/echo-1');
  let script: Script;

  before(async () => {
    const standIn = extensions.getExtension<Script>('prompt-refiner-tests.stand-in-language-model');
    assert.ok(standIn, 'the stand-in is not installed');
    script = await standIn.activate();
  });
  beforeEach(() => {
    script.error = undefined;
    script.pauseMs = 0;
  });

  it('refine a prompt through VS Code’s own API', async () => {
    script.answer = answerWith('Sort the ticket by team.\nTicket: {{ticket}}');
    await opened(await written('standin.txt', prompt), { selected: prompt });
    await commands.executeCommand('promptRefiner.refine');
    const { input } = await diffTab('prompt-refinement');
    const refined = await workspace.openTextDocument(input.modified);
    assert.equal(refined.getText(), 'Sort the ticket by team.\nTicket: {{ticket}}');
    assert.match(script.requests.at(-1)?.join('\n') ?? '', /Sort the ticket\./);
  });

  it('say in a sentence why they gave no answer, with another model as the remedy', async () => {
    script.error = api => api.LanguageModelError.Blocked('filtered');
    await opened(await written('blocked.txt', prompt), { selected: prompt });
    await commands.executeCommand('promptRefiner.refine');
    const message = await until('a message', () => person.messages.at(-1));
    assert.match(message.text, /standin\/echo-1/);
    assert.equal(message.buttons.length, 1);
  });

  it('are named as gone where nobody offers them', async () => {
    await setSetting('refineModel', 'vscode:standin/gone');
    await opened(await written('gone.txt', prompt), { selected: prompt });
    await commands.executeCommand('promptRefiner.refine');
    const message = await until('a message', () => person.messages.at(-1));
    assert.match(message.text, /no language model standin\/gone now/);
    assert.deepEqual(message.buttons, ['Choose model']);
    await setSetting('refineModel', 'vscode:standin/echo-1');
  });

  it('show their text while they write it', async () => {
    script.answer = answerWith('Sort the ticket by its team.\nTicket: {{ticket}}');
    script.pauseMs = 300;
    await opened(await written('growing.txt', prompt), { selected: prompt });
    const refining = commands.executeCommand('promptRefiner.refine');
    const { input } = await diffTab('prompt-draft');
    const draft = await workspace.openTextDocument(input.modified);
    assert.ok(
      'Sort the ticket by its team.\nTicket: {{ticket}}'.startsWith(draft.getText().trim()),
    );
    await refining;
    await diffTab('prompt-refinement');
  });

  it('are not offered for runs over a dataset', async () => {
    const { panel } = await promptRefiner();
    await panel.send({ type: 'panel-ready' });
    const ids = panel.state().models.map(({ value }) => value);
    assert.ok(ids.includes('demo:task'), ids.join());
    assert.deepEqual(
      ids.filter(id => id.startsWith('vscode:')),
      [],
    );
  });
});

/** The form that a refinement is asked for in. */
function answerWith(text: string): string {
  return `<refined_prompt>\n${text}\n</refined_prompt>\n<changes>\n<change><what>Named the team.</what><why>It was vague.</why></change>\n</changes>`;
}
