import assert from 'node:assert/strict';
import { commands, Uri, window, workspace } from 'vscode';
import type { PromptRefinerApi } from '../../src/extension.ts';
import type { RunForm } from '../../src/panel/messages.ts';
import { blankForm } from '../../src/panel/readForm.ts';
import { sitDown } from './support/person.ts';
import type { Person } from './support/person.ts';
import { closeEverything, promptRefiner, textOf, until, written } from './support/window.ts';

/** No answer of the model is ever this label, so these rows stay wrong whatever the search finds. */
const hopeless = 'unheard-of';
const rows = Array.from({ length: 60 }, (_, row) => {
  if (row % 3 === 0) return `the bill of uncle ${row} is wrong,${hopeless}`;
  return row % 3 === 1
    ? `the bill of order ${row} is wrong,billing`
    : `parcel ${row} is late,shipping`;
});
const text = `ticket,team\n${rows.join('\n')}\n`;

interface ExportedRow {
  readonly id: string;
  readonly line: number;
  readonly inputs: { readonly ticket: string };
  readonly expected: string;
  readonly output: string;
  readonly outcome: string;
  readonly scores: { readonly accuracy: number };
}

describe('the rows of a run in VS Code', () => {
  let api: PromptRefinerApi;
  let person: Person;
  let runId = '';

  const form: RunForm = {
    ...blankForm(),
    prompt: { kind: 'file', path: 'sorted.md' },
    dataset: 'sorted.csv',
    inputs: { ticket: 'ticket' },
    expected: 'team',
    metric: 'accuracy',
    taskModel: 'demo:task',
    optimizerModel: 'demo:optimizer',
    patience: '2',
    maxIterations: '2',
  };

  before(async function () {
    this.timeout(120_000);
    api = await promptRefiner();
    await written('sorted.md', 'You sort tickets: billing or shipping.\n\nTicket: {{ticket}}\n');
    await written('sorted.csv', text);
    await commands.executeCommand('promptRefiner.run.focus');
    await api.panel.send({ type: 'run-close' });
    await until('the form', () => api.panel.state().page === 'form');
    await api.panel.send({ type: 'run-start', form });
    const run = await until('the end of the run', () => {
      const shown = api.panel.state().run;
      return shown?.status === 'ended' && shown;
    });
    runId = run.runId;
  });
  beforeEach(async () => {
    person = sitDown();
    await written('sorted.csv', text);
    await api.panel.send({ type: 'run-show', runId });
    await until('the run', () => api.panel.state().run?.exportable);
  });
  afterEach(async () => {
    person.leave();
    await closeEverything();
  });

  const exported = async (name: string): Promise<string> => {
    const folder = workspace.workspaceFolders?.[0]?.uri ?? assert.fail('No folder is open.');
    const desk = window as unknown as { showSaveDialog: unknown };
    const before = desk.showSaveDialog;
    desk.showSaveDialog = async () => Uri.joinPath(folder, name);
    try {
      await api.panel.send({ type: 'results-export', runId });
    } finally {
      desk.showSaveDialog = before;
    }
    return textOf(name);
  };
  const judged = async (): Promise<readonly ExportedRow[]> =>
    JSON.parse(await exported('rows.json')) as ExportedRow[];
  const wrongRow = async (): Promise<ExportedRow> =>
    (await judged()).find(({ expected }) => expected === hopeless) ??
    assert.fail('No row is wrong.');
  const grown = async (): Promise<string> => {
    const now = await textOf('sorted.csv');
    assert.ok(now.startsWith(text), 'the rest of the file is as it was');
    return now.slice(text.length);
  };

  it('are exported as CSV with a column for each part', async () => {
    const [header, ...lines] = (await exported('rows.csv')).trimEnd().split('\r\n');
    assert.equal(header, 'line,id,ticket,expected,output,outcome,accuracy,failure');
    assert.equal(lines.length, (await judged()).length);
  });

  it('are exported as JSON, every row as the file and the model have it', async () => {
    const found = await judged();
    assert.ok(found.length > 0);
    for (const { line, inputs, expected, output, outcome, scores } of found) {
      assert.equal(`${inputs.ticket},${expected}`, rows[line - 2]);
      assert.equal(outcome, 'ok');
      assert.equal(scores.accuracy, output.trim() === expected ? 1 : 0);
    }
  });

  it('are exported as JSON Lines, a row a line', async () => {
    const lines = (await exported('rows.jsonl')).trimEnd().split('\n');
    assert.deepEqual(
      lines.map(line => JSON.parse(line) as ExportedRow),
      await judged(),
    );
  });

  it('are exported as JUnit XML, with a failure for every row that is wrong', async () => {
    const found = await judged();
    const wrong = found.filter(({ scores }) => scores.accuracy < 1).length;
    const xml = await exported('rows.xml');
    assert.match(xml, /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuite/);
    assert.equal(xml.match(/<testcase /g)?.length, found.length);
    assert.ok(wrong > 0);
    assert.equal(xml.match(/<failure[ >]/g)?.length, wrong);
  });

  it('are not written where the ending of the file names no form', async () => {
    await assert.rejects(exported('rows.doc'));
    assert.match(person.messages.at(-1)?.text ?? '', /ending of the file says its form: \.csv/);
  });

  it('get a fixed answer from the command, which offers those that are wrong', async () => {
    const wrong = await wrongRow();
    const offers = person.offers();
    person.willPick(`Line ${wrong.line}`);
    person.willType('billing');
    await commands.executeCommand('promptRefiner.addFixedAnswer');
    assert.equal(await grown(), `${wrong.inputs.ticket},billing\n`);
    const offered = offers[0]?.map(({ label }) => label);
    const lost = (await judged()).filter(({ scores }) => scores.accuracy < 1);
    assert.deepEqual(
      offered,
      lost.map(({ line }) => `Line ${line}`),
    );
    assert.match(
      person.messages.map(each => each.text).join('\n'),
      /Added line 62 to sorted\.csv\./,
    );
  });

  it('get a fixed answer at the row itself, without a list to pick from', async () => {
    const wrong = await wrongRow();
    const offers = person.offers();
    person.willType('billing');
    await api.panel.send({ type: 'row-fix', exampleId: wrong.id });
    assert.equal(await grown(), `${wrong.inputs.ticket},billing\n`);
    assert.deepEqual(offers, []);
  });

  it('stay as they are where the person says no answer, or names a row of another run', async () => {
    await api.panel.send({ type: 'row-fix', exampleId: (await wrongRow()).id });
    await api.panel.send({ type: 'row-fix', exampleId: 'nobody' });
    assert.equal(await grown(), '');
    assert.match(person.messages.at(-1)?.text ?? '', /not among those that the run was judged by/);
  });

  it('are not added to another file than the one of the run', async () => {
    await written('other.csv', text);
    const { id } = await wrongRow();
    await api.panel.send({ type: 'form-change', form: { ...form, dataset: 'other.csv' } });
    try {
      person.willType('billing');
      await api.panel.send({ type: 'row-fix', exampleId: id });
    } finally {
      await api.panel.send({ type: 'form-change', form });
    }
    assert.match(person.messages.at(-1)?.text ?? '', /^This run was over sorted\.csv; choose that/);
    assert.equal(await textOf('other.csv'), text);
    assert.equal(await grown(), '');
  });
});
