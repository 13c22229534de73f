import assert from 'node:assert/strict';
import { commands, workspace } from 'vscode';
import { startLoopbackServer } from '../support/loopbackServer.ts';
import type { LoopbackServer } from '../support/loopbackServer.ts';
import { promptFile, refine, refinedText } from './support/refinement.ts';
import { seatForRefining } from './support/seat.ts';
import {
  diffTab,
  findDiff,
  namesBelow,
  opened,
  setSetting,
  until,
  written,
} from './support/window.ts';

const prompt =
  'You sort the support tickets of a shop for the team that is on duty.\nAnswer with the name of the team and with nothing that is not asked for.\n\nTicket: {{ticket}}';
const file = promptFile.replace(/"""[^]*"""/, `"""${prompt}"""`);
const tagged = (text: string) =>
  `<refined_prompt>\n${text}\n</refined_prompt>\n<changes>\n<change><what>Said who.</what><why>Vague.</why></change>\n</changes>`;

describe('a model that does not do what it was asked for', () => {
  const person = seatForRefining('openai:sim-optimizer');
  let server: LoopbackServer;

  afterEach(async () => {
    await server.close();
    await setSetting('openai.baseUrl', undefined);
  });

  async function answeredWith(name: string, ...answers: string[]): Promise<{ getText(): string }> {
    server = await startLoopbackServer({ wordMs: 0, answers });
    await setSetting('openai.baseUrl', server.url);
    const { document } = await opened(await written(name, file), { selected: prompt });
    await refine();
    return document;
  }

  const german =
    'Du sortierst die Tickets und die Anfragen für das Team, das nicht mit der Schicht fertig ist.\nNenne das Team und sonst nichts.\n\nTicket: {{ticket}}';
  const refused: readonly (readonly [string, string, RegExp])[] = [
    ['nothing', '', /gave an empty answer/],
    ['an empty prompt', tagged(''), /The refined prompt is empty/],
    ['half an answer', `<refined_prompt>\n${prompt}\nAnd`, /cut off before it was complete/],
    ['another language', tagged(german), /changed from English to German/],
    ['an answer instead of a rewrite', 'The ticket is for billing.', /answered the prompt instead/],
    [
      'an answer inside of the tags',
      tagged('Sure! Here is the team: billing {{ticket}}'),
      /reads like an answer to the prompt/,
    ],
    ['a lost placeholder', tagged('Sort the support tickets.'), /\{\{ticket\}\} is lost/],
  ];
  for (const [index, [name, answer, sentence]] of refused.entries()) {
    it(`leaves the file as it was for ${name}, and says so`, async () => {
      const document = await answeredWith(`bad-${index}.py`, answer);
      const { text, buttons } = await until('a message', () => person.messages.at(-1));
      assert.match(text, sentence);
      assert.ok(buttons.includes('Try again'), buttons.join());
      assert.equal(person.messages.length, 1);
      assert.equal(document.getText(), file);
      assert.equal(findDiff('prompt-refinement'), undefined);
      assert.equal(findDiff('prompt-draft'), undefined);
      assert.deepEqual(await namesBelow(`.prompts/bad-${index}-triage`), []);
    });
  }

  it('has its fences taken away', async () => {
    const better = prompt.replace('You sort', 'Sort');
    await answeredWith('fences.py', `\`\`\`xml\n${tagged(`\`\`\`\n${better}\n\`\`\``)}\n\`\`\``);
    assert.equal(await refinedText(), better);
    assert.deepEqual(person.messages, []);
  });

  it('is told what it broke, and gets one more try', async () => {
    const better = prompt.replace('You sort', 'Sort');
    await answeredWith('repaired.py', tagged('Sort the tickets.'), tagged(better));
    assert.equal(await refinedText(), better);
    assert.equal(server.ledger.paid, 2);
  });

  it('may have its refused text looked at, never accepted', async () => {
    const lost = prompt.replace('{{ticket}}', '{{text}}');
    const document = await answeredWith('look.py', tagged(lost));
    await until('a message', () => person.messages.at(-1));
    person.willClick('Show refused text');
    await refine();
    const { input, label } = await diffTab('prompt-draft');
    assert.equal(label, 'look.py: yours ↔ refused');
    const shown = await workspace.openTextDocument(input.modified);
    await until('the refused text', () => shown.getText() === lost);
    await commands.executeCommand('promptRefiner.acceptRefinement');
    assert.match(person.messages.at(-1)?.text ?? '', /No refinement is open here/);
    assert.equal(document.getText(), file);
  });

  it('says that nothing was changed where it found nothing to change', async () => {
    const document = await answeredWith('same.py', tagged(prompt));
    const { text } = await until('a message', () => person.messages.at(-1));
    assert.match(text, /found nothing to change in this prompt/);
    assert.equal(findDiff('prompt-refinement'), undefined);
    assert.equal(findDiff('prompt-draft'), undefined);
    assert.equal(document.getText(), file);
  });
});
