import assert from 'node:assert/strict';
import { commands } from 'vscode';
import type { TestItem } from 'vscode';
import type { PromptRefinerApi } from '../../src/extension.ts';
import type { RunForm } from '../../src/panel/messages.ts';
import { startLoopbackServer } from '../support/loopbackServer.ts';
import { sitDown } from './support/person.ts';
import type { Person } from './support/person.ts';
import { choosePair, lineOf, textOfMarkdown, writePair } from './support/testPairs.ts';
import { listenToRuns } from './support/testResults.ts';
import type { ToldRun } from './support/testResults.ts';
import { closeEverything, promptRefiner, setSetting, until, written } from './support/window.ts';

describe('the Testing view', () => {
  let api: PromptRefinerApi;
  let person: Person;
  let listened: ReturnType<typeof listenToRuns>;

  before(async () => {
    api = await promptRefiner();
    await writePair(api);
  });
  beforeEach(() => {
    person = sitDown();
    listened = listenToRuns(api.tests);
  });
  afterEach(async () => {
    listened.leave();
    person.leave();
    await closeEverything();
  });

  const choose = (part: Partial<RunForm> = {}): Promise<TestItem> => choosePair(api, part);
  const overRun = (): Promise<ToldRun> =>
    until('the end of the test run', () => listened.runs.find(({ over }) => over));

  it('lists the rows of the form’s dataset when a person opens it, each at its line', async () => {
    const pair = await choose();
    assert.equal(pair.children.size, 0, 'nothing is read before somebody looks');
    await api.tests.resolveHandler?.(pair);
    const items = [...pair.children].map(([, item]) => item);
    assert.equal(items.length, 25);
    assert.equal(items[0]?.label, 'Line 2: the bill of order 0 is wrong');
    assert.equal(items[0].description, 'billing');
    assert.ok(items[0].uri?.path.endsWith('/tested.csv'));
    assert.deepEqual(
      items.map(lineOf),
      [...items.keys()].map(at => at + 2),
    );
    assert.equal(pair.description, 'accuracy · 25 rows');
  });

  it('runs the rows as tests, with expected and actual of a wrong answer as a diff', async () => {
    const pair = await choose();
    await commands.executeCommand('promptRefiner.testPrompt');
    const run = await overRun();
    assert.equal(run.ends.length, 25);
    const wrong = run.ends.find(({ item }) => lineOf(item) === 26);
    assert.equal(wrong?.state, 'failed');
    assert.equal(wrong.message?.expectedOutput, 'unheard-of');
    assert.match(wrong.message.actualOutput ?? '', /\w/);
    assert.notEqual(wrong.message.actualOutput, 'unheard-of');
    assert.equal(wrong.message.location?.range.start.line, 25);
    assert.ok(run.ends.some(({ state }) => state === 'passed'));
    assert.match(run.output, /accuracy: 0\.\d+ \[.*\] n=25/);
    assert.equal(person.messages.length, 0, 'a simulated model costs nothing');
    assert.equal(pair.children.size, 25);
  });

  it('runs only the rows that failed when a person runs the failed tests again', async () => {
    await choose();
    await commands.executeCommand('promptRefiner.testPrompt');
    const whole = await overRun();
    const failed = whole.ends.filter(({ state }) => state === 'failed');
    assert.ok(failed.length > 0 && failed.length < 25);
    listened.runs.length = 0;
    await commands.executeCommand('testing.reRunFailTests');
    const again = await overRun();
    assert.deepEqual(
      again.ends.map(({ item }) => item.id).sort(),
      failed.map(({ item }) => item.id).sort(),
    );
  });

  it('asks before it spends money, naming the sum, and sends nothing where the answer is no', async () => {
    await choose({ taskModel: 'openai:gpt-4o-mini' });
    await commands.executeCommand('promptRefiner.testPrompt');
    const asked = person.messages.find(({ buttons }) => buttons.includes('Start'));
    assert.match(asked?.text ?? '', /^This run will cost (about|less than) /);
    assert.deepEqual(listened.runs, []);
  });

  it('shows a row that got no answer as an error, not as a failure', async () => {
    const server = await startLoopbackServer({ refused: 'bill of order 4 ' });
    await setSetting('openai.baseUrl', server.url);
    try {
      await choose({ taskModel: 'openai:sim-task' });
      await commands.executeCommand('promptRefiner.testPrompt');
      const run = await overRun();
      const errors = run.ends.filter(({ state }) => state === 'errored');
      assert.deepEqual(
        errors.map(({ item }) => lineOf(item)),
        [6],
      );
      assert.match(textOfMarkdown(errors[0]?.message?.message), /This text is not allowed here/);
      assert.equal(server.ledger.paid, 24);
    } finally {
      await setSetting('openai.baseUrl', undefined);
      await server.close();
    }
  });

  it('stops a run that a person cancels; rows that were not asked have no result', async () => {
    const server = await startLoopbackServer({ latencyMs: 300 });
    await setSetting('openai.baseUrl', server.url);
    await setSetting('concurrency', 1);
    try {
      await choose({ taskModel: 'openai:sim-task' });
      const running = commands.executeCommand('promptRefiner.testPrompt');
      await until('a first result', () => listened.runs.some(({ ends }) => ends.length > 0));
      await commands.executeCommand('testing.cancelRun');
      await running;
      const run = await overRun();
      assert.ok(run.ends.length < 25, `${run.ends.length} rows have a result`);
      assert.ok(run.ends.every(({ state }) => state === 'passed' || state === 'failed'));
      assert.match(run.output, /cancel|stopped by you/i);
    } finally {
      await setSetting('concurrency', undefined);
      await setSetting('openai.baseUrl', undefined);
      await server.close();
    }
  });

  it('skips a row that the metric cannot judge, and never calls it a failure', async () => {
    await written('numbers.csv', 'ticket,team\nthe bill is wrong,4\nparcel 3 is late,5\n');
    await choose({ dataset: 'numbers.csv', metric: 'mae' });
    await commands.executeCommand('promptRefiner.testPrompt');
    const run = await overRun();
    assert.deepEqual(
      run.ends.filter(({ state }) => state !== 'errored').map(({ state }) => state),
      ['skipped', 'skipped'],
    );
    assert.match(run.output, /Not scored: /);
  });

  it('says in the output that a judge was never checked against people', async () => {
    const server = await startLoopbackServer();
    await setSetting('openai.baseUrl', server.url);
    try {
      await choose({
        metric: 'judge',
        metricOptions: 'model=openai:sim-judge,rubric=Is it what a person expected?',
      });
      person.willClick('Start');
      await commands.executeCommand('promptRefiner.testPrompt');
      const run = await overRun();
      assert.equal(run.ends.length, 25);
      assert.match(
        run.output,
        /Judge openai:sim-judge\. This judge was never checked against people/,
      );
    } finally {
      await setSetting('openai.baseUrl', undefined);
      await server.close();
    }
  });

  it('says at the item why a dataset has no rows, and lists them once it is mended', async () => {
    await written('mended.csv', 'ticket,team\n');
    const pair = await choose({ dataset: 'mended.csv' });
    await api.tests.resolveHandler?.(pair);
    assert.match(textOfMarkdown(pair.error), /mended\.csv/);
    await written('mended.csv', 'ticket,team\nthe bill is wrong,billing\n');
    await until('the row', () => pair.children.size === 1 && pair.error === undefined);
  });
});
