import assert from 'node:assert/strict';
import { commands, window } from 'vscode';
import type { PromptRefinerApi } from '../../src/extension.ts';
import { blankForm } from '../../src/panel/readForm.ts';
import { startLoopbackServer } from '../support/loopbackServer.ts';
import type { LoopbackServer } from '../support/loopbackServer.ts';
import { sitDown } from './support/person.ts';
import type { Person } from './support/person.ts';
import {
  closeEverything,
  namesBelow,
  promptRefiner,
  setSetting,
  until,
  written,
} from './support/window.ts';

/** Sixty answers; people and the judge, which likes the expected answer, differ on the first two. */
const checked = Array.from({ length: 60 }, (_, row) => {
  const isRight = row % 3 !== 0;
  const isGood = row < 2 ? !isRight : isRight;
  return `question ${row},yes,${isRight ? 'yes' : 'no'},${isGood ? 'good' : 'bad'}`;
});

describe('checking a judge', () => {
  let api: PromptRefinerApi;
  let person: Person;
  let server: LoopbackServer;

  before(async () => {
    api = await promptRefiner();
    await written('checked.csv', ['question,expected,output,human', ...checked, ''].join('\n'));
    await written('unchecked.csv', 'question,expected,output,human\nq,yes,yes,\n');
    await commands.executeCommand('promptRefiner.run.focus');
    await api.panel.send({ type: 'run-close' });
    await until('the form', () => api.panel.state().page === 'form');
  });
  beforeEach(async () => {
    person = sitDown();
    server = await startLoopbackServer({ latencyMs: 5 });
    await setSetting('openai.baseUrl', server.url);
    const metricOptions = 'model=openai:sim-judge,rubric=Is it the expected answer?';
    const form = { ...blankForm(), metric: 'judge', metricOptions };
    await api.panel.send({ type: 'form-change', form });
  });
  afterEach(async () => {
    person.leave();
    await setSetting('openai.baseUrl', undefined);
    await server.close();
    await closeEverything();
  });

  const check = async (file = 'checked.csv'): Promise<void> => {
    for (const choice of [file, 'output', 'human']) person.willPick(choice);
    await commands.executeCommand('promptRefiner.checkJudge');
  };
  const lastMessage = (): string => person.messages.at(-1)?.text ?? '';

  it('says how far it agrees with people, and shows where it does not', async () => {
    person.willClick('Show rows');
    await check();
    assert.match(lastMessage(), /^Judge openai:sim-judge: kappa 0\.9\d with people on 60 rows/);
    assert.equal(server.ledger.paid, 60);
    assert.deepEqual((await namesBelow('.prompts/.judges')).length, 1);
    const page = await until('the rows', () => {
      const document = window.activeTextEditor?.document;
      return document?.languageId === 'markdown' && document.getText();
    });
    assert.match(page, /## Where judge and person differ: 2 rows\n\n\| line \| judge \| person/);
    assert.match(page, /\n\| 2 \| 0\.00 \| good \| no \| /);
  });

  it('asks before it spends money, naming the sum, and sends nothing where the answer is no', async () => {
    await setSetting('openai.baseUrl', undefined);
    const metricOptions = 'model=openai:gpt-4o-mini,rubric=Is it right?';
    const form = { ...api.panel.state().form, metricOptions };
    await api.panel.send({ type: 'form-change', form });
    await check();
    assert.match(lastMessage(), /^Checking this judge will cost about .*\$0\.\d+/);
    assert.equal(person.messages.length, 1, 'the question alone');
    assert.deepEqual(person.messages[0]?.buttons, ['Check']);
  });

  it('is stopped by Cancel, and keeps nothing of a part', async () => {
    const before = await namesBelow('.prompts/.judges');
    await setSetting('concurrency', 1);
    const checking = check();
    try {
      await until('a first verdict', () => server.ledger.paid > 0);
      person.cancels();
      await checking;
    } finally {
      await setSetting('concurrency', undefined);
    }
    assert.ok(server.ledger.paid < 60, String(server.ledger.paid));
    assert.deepEqual(await namesBelow('.prompts/.judges'), before);
  });

  it('says what is missing where nobody has judged a row', async () => {
    await check('unchecked.csv');
    assert.match(
      lastMessage(),
      /No row of unchecked\.csv has a verdict in "human"; write yes or no/,
    );
    assert.equal(server.ledger.paid, 0);
  });
});
