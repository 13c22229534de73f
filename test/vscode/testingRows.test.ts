import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CancellationTokenSource, commands, extensions, Uri, workspace } from 'vscode';
import type { TestItem } from 'vscode';
import type { PromptRefinerApi } from '../../src/extension.ts';
import type { RunForm } from '../../src/panel/messages.ts';
import { workbookOf } from '../engine/datasets/zipOf.ts';
import { startLoopbackServer } from '../support/loopbackServer.ts';
import { sitDown } from './support/person.ts';
import type { Person } from './support/person.ts';
import { choosePair, lineOf, textOfMarkdown, writePair } from './support/testPairs.ts';
import { listenToRuns } from './support/testResults.ts';
import type { ToldRun } from './support/testResults.ts';
import {
  closeEverything,
  folder,
  namesBelow,
  promptRefiner,
  setSetting,
  textOf,
  until,
  written,
} from './support/window.ts';

describe('rows in the Testing view', () => {
  let api: PromptRefinerApi;
  const repository = extensions.getExtension('prompt-refiner.prompt-refiner')?.extensionPath ?? '';
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

  it('reads a dataset by the columns that were kept for the prompt, from whichever face', async () => {
    const keep = (number: number, column: string) =>
      written(
        `.prompts/tested/columns/000${number}.json`,
        JSON.stringify({
          schema: 1,
          dataset: 'kept.csv',
          columns: ['first', 'second', 'team'],
          mapping: { inputs: { ticket: column }, expected: 'team' },
        }),
      );
    const firstLabel = async (pair: TestItem): Promise<string | undefined> => {
      await api.tests.refreshHandler?.(new CancellationTokenSource().token);
      await api.tests.resolveHandler?.(pair);
      return [...pair.children].map(([, item]) => item.label)[0];
    };
    await written('kept.csv', 'first,second,team\nbill one,bill two,billing\n');
    await keep(1, 'second');
    await choose({ expected: '', dataset: 'tested.csv' });
    const pair = await choose({ expected: '', dataset: 'kept.csv' });
    await until('the kept columns', () => api.panel.state().form.inputs['ticket'] === 'second');
    assert.equal(api.panel.state().form.expected, 'team');
    assert.equal(await firstLabel(pair), 'Line 2: bill two');
    await commands.executeCommand('promptRefiner.testPrompt');
    assert.equal((await overRun()).ends.length, 1);
    assert.deepEqual(await namesBelow('.prompts/tested/columns'), ['0001.json'], 'nothing new');
    await choose();
    await keep(2, 'first');
    assert.equal(await firstLabel(pair), 'Line 2: bill one', 'as the command line kept it since');
    const file = await written('.prompts/tested/columns/0003.json', '{');
    await firstLabel(pair);
    assert.match(textOfMarkdown(pair.error), /columns\/0003\.json: cannot be used/);
    await workspace.fs.delete(file);
  });

  it('say how long their answers took, which is what the model was timed with', async () => {
    const server = await startLoopbackServer({ latencyMs: 50, refused: 'bill of order 4 ' });
    await setSetting('openai.baseUrl', server.url);
    try {
      await choose({ taskModel: 'openai:sim-task' });
      await commands.executeCommand('promptRefiner.testPrompt');
      const { ends } = await overRun();
      assert.equal(ends.length, 25);
      const timed = ends.filter(({ state }) => state !== 'errored');
      assert.equal(timed.length, 24);
      for (const { duration = 0 } of timed) assert.ok(duration >= 45, String(duration));
      assert.equal(ends.find(({ state }) => state === 'errored')?.duration, undefined);
    } finally {
      await setSetting('openai.baseUrl', undefined);
      await server.close();
    }
  });

  it('of a workbook are named by their number, have no line to jump to, and run like others', async () => {
    const sheet = [
      ['ticket', 'team'],
      ...(await textOf('tested.csv'))
        .trim()
        .split('\n')
        .slice(1)
        .map(row => row.split(',')),
    ];
    await workspace.fs.writeFile(await written('tested.xlsx', ''), workbookOf({ Tickets: sheet }));
    const pair = await choose({ dataset: 'tested.xlsx' });
    await api.tests.resolveHandler?.(pair);
    const items = [...pair.children].map(([, item]) => item);
    assert.equal(items.length, 25);
    assert.equal(items[0]?.label, 'Row 2: the bill of order 0 is wrong');
    assert.equal(items[0].uri, undefined);
    await commands.executeCommand('promptRefiner.testPrompt');
    const wrong = (await overRun()).ends.find(({ item }) => lineOf(item) === 26);
    assert.equal(wrong?.state, 'failed');
    assert.equal(wrong.message?.expectedOutput, 'unheard-of');
    assert.equal(wrong.message.location, undefined);
  });

  it('of a Parquet file are listed and run like others', async function () {
    const corpus = join(repository, '..', 'shared', 'data', 'formats', 'parity_zstd.parquet');
    if (!existsSync(corpus)) {
      console.log('      skipped: ../shared/data is absent');
      this.skip();
    }
    await workspace.fs.copy(Uri.file(corpus), Uri.joinPath(folder().uri, 'tested.parquet'), {
      overwrite: true,
    });
    const pair = await choose({
      dataset: 'tested.parquet',
      inputs: { ticket: 'input' },
      expected: 'target',
    });
    await api.tests.resolveHandler?.(pair);
    assert.equal(pair.children.size, 400);
    assert.match([...pair.children][0]?.[1].label ?? '', /^Row 1: /);
    const some = [...pair.children].slice(0, 3).map(([, item]) => item.id);
    await commands.executeCommand('promptRefiner.testPrompt');
    const { ends } = await overRun();
    assert.equal(ends.length, 400);
    assert.ok(some.every(id => ends.some(({ item }) => item.id === id)));
  });

  it('are listed up to a thousand; beyond that only those that are wrong, and all of them run', async () => {
    const right = Array.from(
      { length: 1_099 },
      (_, row) => `the bill of order ${row} is wrong,billing`,
    );
    await written(
      'many.csv',
      ['ticket,team', ...right, 'the bill is wrong,unheard-of', ''].join('\n'),
    );
    const pair = await choose({ dataset: 'many.csv' });
    await api.tests.resolveHandler?.(pair);
    assert.equal(pair.children.size, 1_000);
    assert.match(
      pair.description ?? '',
      /1,100 rows; the first 1,000 are listed, the others as they fail/,
    );
    await commands.executeCommand('promptRefiner.testPrompt');
    const { ends, output } = await overRun();
    assert.match(output, /n=1,?100/);
    const beyond = ends.filter(({ item }) => lineOf(item) > 1_001);
    assert.ok(beyond.some(({ item }) => lineOf(item) === 1_101));
    assert.ok(beyond.every(({ state }) => state === 'failed'));
    assert.equal(pair.children.size, 1_000 + beyond.length);
  });

  it('are read again when a person refreshes the view', async () => {
    const before = 'ticket,team\nthe bill is wrong,billing\n';
    await written('fresh.csv', before);
    const pair = await choose({ dataset: 'fresh.csv' });
    await api.tests.resolveHandler?.(pair);
    assert.equal(pair.children.size, 1);
    await written('fresh.csv', `${before}parcel 3 is late,shipping\n`);
    await api.tests.refreshHandler?.(new CancellationTokenSource().token);
    assert.deepEqual(
      [...pair.children].map(([, item]) => item.label),
      ['Line 2: the bill is wrong', 'Line 3: parcel 3 is late'],
    );
  });

  it('get a fixed answer from their menu, and from the message of a wrong answer', async () => {
    await written('mend.csv', 'ticket,team,context\nthe bill is wrong,unheard-of,"one, two"\n');
    const pair = await choose({ dataset: 'mend.csv', context: 'context' });
    await commands.executeCommand('promptRefiner.testPrompt');
    const { item, message } = (await overRun()).ends[0] ?? {};
    person.willType('billing');
    assert.ok(item && pair.children.size === 1);
    await commands.executeCommand('promptRefiner.addFixedAnswer', item);
    assert.match(await textOf('mend.csv'), /\nthe bill is wrong,billing,"one, two"\n$/);
    person.willType('shipping');
    await commands.executeCommand('promptRefiner.addFixedAnswer', { test: item, message });
    assert.match(await textOf('mend.csv'), /\nthe bill is wrong,shipping,"one, two"\n$/);
    await until('both rows', () => pair.children.size === 3);
    await written('mend.csv', 'ticket,team,context\nanother,billing,\n');
    await commands.executeCommand('promptRefiner.addFixedAnswer', item);
    assert.match(person.messages.at(-1)?.text ?? '', /not in the dataset any more/);
  });
});
