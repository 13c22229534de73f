import assert from 'node:assert/strict';
import { commands, Range, Uri, window, workspace, WorkspaceEdit } from 'vscode';
import type { PromptRefinerApi } from '../../src/extension.ts';
import { blankForm } from '../../src/panel/readForm.ts';
import { sitDown } from './support/person.ts';
import type { Person } from './support/person.ts';
import {
  closeEverything,
  folder,
  namesBelow,
  opened,
  promptRefiner,
  textOf,
  until,
  written,
} from './support/window.ts';

const first = 'You sort postcards.\nAnswer with one of: near, far\n\nCard: {{card}}\n';
const second = first.replace('You sort', 'You carefully sort');
const rows = Array.from(
  { length: 8 },
  (_, row) => `card ${row} of the sea,${row % 2 ? 'far' : 'near'}`,
);

describe('the Versions view', () => {
  let api: PromptRefinerApi;
  let person: Person;
  const v1 = { promptName: 'postcards', number: 1 };

  before(async function () {
    this.timeout(60_000);
    api = await promptRefiner();
    await written('cards.csv', `card,place\n${rows.join('\n')}\n`);
    await commands.executeCommand('promptRefiner.run.focus');
    await api.panel.send({ type: 'run-close' });
    for (const text of [first, second]) {
      await written('postcards.md', text);
      await until('the form', () => api.panel.state().page === 'form');
      await api.panel.send({
        type: 'form-change',
        form: {
          ...blankForm(),
          prompt: { kind: 'file', path: 'postcards.md' },
          dataset: 'cards.csv',
          expected: 'place',
          metric: 'accuracy',
          taskModel: 'demo:task',
        },
      });
      await commands.executeCommand('promptRefiner.testPrompt');
    }
  });
  beforeEach(() => (person = sitDown()));
  afterEach(async () => {
    person.leave();
    await api.panel.send({ type: 'run-close' });
    await closeEverything();
  });

  it('names, notes and pins a version without touching its files', async () => {
    const record = await textOf('.prompts/postcards/v1.json');
    person.willType('the short one');
    await commands.executeCommand('promptRefiner.nameVersion', v1);
    person.willType('for the review');
    await commands.executeCommand('promptRefiner.noteVersion', v1);
    await commands.executeCommand('promptRefiner.pinVersion', v1);
    const marks = await namesBelow('.prompts/postcards/marks');
    assert.deepEqual(marks, ['0001.json', '0002.json', '0003.json']);
    assert.match(await textOf('.prompts/postcards/marks/0001.json'), /"label": "the short one"/);
    assert.equal(await textOf('.prompts/postcards/v1.json'), record);
    await commands.executeCommand('promptRefiner.unpinVersion', v1);
    assert.match(await textOf('.prompts/postcards/marks/0004.json'), /"pinned": false/);
  });

  it('opens the place where the prompt lives, and writes a version back as one edit', async () => {
    await commands.executeCommand('promptRefiner.openVersionSource', v1);
    assert.ok(window.activeTextEditor?.document.uri.path.endsWith('/postcards.md'));
    await commands.executeCommand('promptRefiner.writeVersionToSource', v1);
    const document = window.activeTextEditor?.document ?? assert.fail('no editor is open');
    assert.equal(document.getText().trim(), first.trim());
    assert.match(person.messages.at(-1)?.text ?? '', /v1 stands in postcards\.md; undo/);
    await commands.executeCommand('undo');
    assert.equal(document.getText(), second);
  });

  it('says why where the file holds none of the versions', async () => {
    const uri = Uri.joinPath(folder().uri, 'postcards.md');
    const { document } = await opened(uri);
    const change = new WorkspaceEdit();
    const whole = new Range(0, 0, document.lineCount, 0);
    change.replace(uri, whole, 'Something else by now, and nothing that was kept.');
    assert.ok(await workspace.applyEdit(change));
    await commands.executeCommand('promptRefiner.openVersionSource', v1);
    assert.match(person.messages.at(-1)?.text ?? '', /postcards\.md is gone or holds none/);
  });

  it('restores an old version as a new one and deletes nothing', async () => {
    await commands.executeCommand('promptRefiner.restoreVersion', v1);
    assert.equal(
      await textOf('.prompts/postcards/v3.md'),
      await textOf('.prompts/postcards/v1.md'),
    );
    assert.ok((await namesBelow('.prompts/postcards')).includes('v2.md'));
    assert.match(person.messages.at(-1)?.text ?? '', /Restored postcards v1 as v3/);
    await commands.executeCommand('promptRefiner.restoreVersion', { ...v1, number: 3 });
    assert.match(person.messages.at(-1)?.text ?? '', /v3 is that text already/);
  });

  it('shows a run of the prompt again in the Run view', async () => {
    const [runId = ''] = await namesBelow('.prompts/postcards/runs');
    await commands.executeCommand('promptRefiner.showRun', runId);
    const run = await until('the run', () => {
      const { run: shown } = api.panel.state();
      return shown?.runId === runId && shown;
    });
    assert.match(run.title, /^postcards v\d · cards\.csv$/);
  });
});
