import assert from 'node:assert/strict';
import { commands, DiagnosticSeverity, languages, Selection, window } from 'vscode';
import type { Diagnostic, Uri } from 'vscode';
import type { PromptRefinerApi } from '../../src/extension.ts';
import type { RunForm } from '../../src/panel/messages.ts';
import { blankForm } from '../../src/panel/readForm.ts';
import { sitDown } from './support/person.ts';
import type { Person } from './support/person.ts';
import {
  closeEverything,
  promptRefiner,
  setSetting,
  textOf,
  until,
  written,
} from './support/window.ts';

const sound = Array.from({ length: 40 }, (_, row) =>
  row % 2 === 0 ? `the bill of order ${row} is wrong,billing` : `parcel ${row} is late,shipping`,
);
const soundText = `ticket,team\n${sound.join('\n')}\n`;

describe('datasets in VS Code', () => {
  let api: PromptRefinerApi;
  let person: Person;

  before(async () => {
    api = await promptRefiner();
    await written('sort.md', 'You sort tickets: billing or shipping.\n\nTicket: {{ticket}}\n');
    await commands.executeCommand('promptRefiner.run.focus');
  });
  beforeEach(async () => {
    person = sitDown();
    await api.panel.send({ type: 'run-close' });
    await until('the form', () => api.panel.state().page === 'form');
  });
  afterEach(async () => {
    person.leave();
    await closeEverything();
  });

  const form = (part: Partial<RunForm>): RunForm => ({
    ...blankForm(),
    prompt: { kind: 'file', path: 'sort.md' },
    inputs: { ticket: 'ticket' },
    expected: 'team',
    metric: 'accuracy',
    taskModel: 'demo:task',
    optimizerModel: 'demo:optimizer',
    patience: '1',
    maxIterations: '1',
    ...part,
  });
  const choose = (part: Partial<RunForm>): Promise<void> =>
    api.panel.send({ type: 'form-change', form: form(part) });
  const problemsOf = (uri: Uri): readonly Diagnostic[] =>
    languages.getDiagnostics(uri).filter(({ source }) => source === 'Prompt Refiner');

  it('shows rows that cannot be used as problems with file and line, until they are mended', async () => {
    const uri = await written('broken.csv', `${soundText}only one cell\n`);
    await choose({ dataset: 'broken.csv' });
    const [problem] = await until('a problem', () => {
      const found = problemsOf(uri);
      return found.length > 0 && api.panel.state().estimate.status === 'known' && found;
    });
    assert.equal(problem?.range.start.line, 41);
    assert.equal(problem.severity, DiagnosticSeverity.Warning);
    assert.match(problem.message, /^One cell where the header has 2/);
    assert.match(
      api.panel.state().datasetNotes[0] ?? '',
      /^40 rows usable, 1 not, because line 42:/,
    );
    assert.equal(api.panel.state().canStart, true, 'the person can go on with the good rows');
    await written('broken.csv', soundText);
    await until('a mended file', () => problemsOf(uri).length === 0);
    await until('a note that is gone', () => api.panel.state().datasetNotes.length === 0);
  });

  it('begins a new form with the metrics of the settings', async () => {
    await choose({ metric: '' });
    await setSetting('metrics', ['exact_match:ignore_case', 'cer']);
    try {
      const { metricOptions, otherMetrics } = await until('the metric of the settings', () => {
        const { form: begun } = api.panel.state();
        return begun.metric === 'exact_match' && begun;
      });
      assert.deepEqual([metricOptions, otherMetrics], ['ignore_case', ['cer']]);
    } finally {
      await setSetting('metrics', undefined);
    }
  });

  it('shows why a file cannot be used at all, and forgets it for another file', async () => {
    const uri = await written('nothing.csv', 'ticket,team\n');
    await written('sound.csv', soundText);
    await choose({ dataset: 'nothing.csv' });
    const [fault] = await until('the fault', () => {
      const found = problemsOf(uri);
      return found.length > 0 && found;
    });
    assert.equal(fault?.severity, DiagnosticSeverity.Error);
    await choose({ dataset: 'sound.csv' });
    await until('no fault', () => problemsOf(uri).length === 0);
  });

  it('previews a dataset as a read-only page with columns, counts, rows and problems', async () => {
    await written('shown.csv', `${soundText}only one cell\n`);
    await choose({ dataset: 'shown.csv' });
    await api.panel.send({ type: 'dataset-preview' });
    const editor = await until('the preview', () => {
      const active = window.activeTextEditor;
      return active?.document.uri.scheme === 'prompt-dataset' && active;
    });
    const text = editor.document.getText();
    assert.match(text, /^shown\.csv \(csv, utf-8\)\n40 rows usable, 1 not/);
    assert.match(text, /\nteam +text +40 +0 +2 +8 +billing \(20\), shipping \(20\)\n/);
    assert.match(text, /\nFirst rows\n\nticket +team\nthe bill of order 0 is wrong +billing\n/);
    assert.match(text, /\nline 42: one cell/);
  });

  it('adds the selected text as a row and leaves the rest of the file as it is', async () => {
    await written('grown.csv', soundText);
    await choose({ dataset: 'grown.csv' });
    const uri = await written('mail.txt', 'Dear team,\nthe "blue" one, never came.\n');
    const editor = await window.showTextDocument(uri);
    editor.selection = new Selection(1, 0, 1, 28);
    person.willType('shipping');
    person.willType('from a mail');
    await commands.executeCommand('promptRefiner.addRow');
    const grown = await textOf('grown.csv');
    assert.ok(grown.startsWith(soundText));
    assert.equal(grown.slice(soundText.length), '"the ""blue"" one, never came.",shipping\n');
    assert.match(person.messages.at(-1)?.text ?? '', /line 42 to grown\.csv\..*no column for note/);
    await until('the added row', () => {
      const { estimate } = api.panel.state();
      return estimate.status === 'known' && person.messages.length > 0;
    });
  });

  it('measures further metrics beside the one that decides', async function () {
    this.timeout(60_000);
    await written('run.csv', soundText);
    await choose({ dataset: 'run.csv' });
    person.willPick('cer');
    await api.panel.send({ type: 'metrics-pick' });
    assert.deepEqual(api.panel.state().form.otherMetrics, ['cer']);
    await api.panel.send({
      type: 'run-start',
      form: form({ dataset: 'run.csv', otherMetrics: ['cer'] }),
    });
    const run = await until('the end of the run', () => {
      const shown = api.panel.state().run;
      return shown?.status === 'ended' && shown;
    });
    assert.deepEqual(
      run.result?.rows.map(({ label }) => label),
      ['accuracy', 'cer (lower is better)'],
    );
  });
});
