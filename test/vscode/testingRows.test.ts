import assert from 'node:assert/strict';
import { CancellationTokenSource, commands, workspace } from 'vscode';
import type { TestItem } from 'vscode';
import type { PromptRefinerApi } from '../../src/extension.ts';
import type { RunForm } from '../../src/panel/messages.ts';
import { sitDown } from './support/person.ts';
import type { Person } from './support/person.ts';
import { choosePair, textOfMarkdown, writePair } from './support/testPairs.ts';
import { listenToRuns } from './support/testResults.ts';
import type { ToldRun } from './support/testResults.ts';
import { closeEverything, namesBelow, promptRefiner, until, written } from './support/window.ts';

describe('rows in the Testing view', () => {
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
});
