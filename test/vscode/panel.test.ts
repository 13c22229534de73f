import assert from 'node:assert/strict';
import { commands, workspace } from 'vscode';
import type { PromptRefinerApi } from '../../src/extension.ts';
import type { PanelState } from '../../src/panel/messages.ts';
import { startLoopbackServer } from '../support/loopbackServer.ts';
import { dataset, form, prompt } from './support/sortingForm.ts';
import { sitDown } from './support/person.ts';
import type { Person } from './support/person.ts';
import {
  closeEverything,
  diffTab,
  promptRefiner,
  setSetting,
  textOf,
  until,
  written,
} from './support/window.ts';

describe('the optimization panel', () => {
  let api: PromptRefinerApi;
  let person: Person;

  before(async () => {
    api = await promptRefiner();
    await written('sorting.md', prompt);
    await written('rows.csv', dataset);
    await commands.executeCommand('promptRefiner.run.focus');
    await api.panel.send({ type: 'run-close' });
  });
  beforeEach(() => (person = sitDown()));
  afterEach(async () => {
    person.leave();
    await api.panel.send({ type: 'run-cancel' });
    await until('a run that is over', () => {
      const status = api.panel.state().run?.status;
      return status !== 'running' && status !== 'cancelling';
    });
    await api.panel.send({ type: 'run-close' });
    await closeEverything();
  });

  const ready = (): Promise<PanelState> =>
    until('the form', () => api.panel.state().page === 'form' && api.panel.state());
  const ended = (): Promise<NonNullable<PanelState['run']>> =>
    until('the end of the run', () => {
      const { run } = api.panel.state();
      return run?.status === 'ended' && run;
    });

  it('finds the columns of the dataset and estimates the cost as a range', async () => {
    await ready();
    await api.panel.send({ type: 'form-change', form: form({ expected: '' }) });
    const { form: filled, columns } = api.panel.state();
    assert.deepEqual(
      columns.map(({ value }) => value),
      ['ticket', 'team'],
    );
    assert.equal(filled.inputs['ticket'], 'ticket');
    await api.panel.send({ type: 'form-change', form: form({ inputs: filled.inputs }) });
    const estimate = await until('the estimate', () => {
      const known = api.panel.state().estimate;
      return known.status === 'known' && known;
    });
    assert.match(estimate.calls, /^\d+( \(\d+ to [\d,]+\))?$/);
    assert.equal(api.panel.state().canStart, true);
  });

  it('runs a search to its end and keeps the original as a version', async () => {
    await ready();
    await api.panel.send({ type: 'run-start', form: form({ inputs: { ticket: 'ticket' } }) });
    const run = await ended();
    assert.equal(run.simulated, true);
    assert.ok(run.result, run.now);
    assert.equal((await textOf('.prompts/sorting/v1.md')).trim(), prompt.trim());
  });

  it('cancels a run and says so', async () => {
    const server = await startLoopbackServer({ latencyMs: 200 });
    await setSetting('openai.baseUrl', server.url);
    try {
      await ready();
      person.willClick('Start');
      await api.panel.send({
        type: 'run-start',
        form: form({
          inputs: { ticket: 'ticket' },
          taskModel: 'openai:sim-task',
          optimizerModel: 'openai:sim-optimizer',
        }),
      });
      await until('a paid answer', () => server.ledger.paid > 0);
      await api.panel.send({ type: 'run-cancel' });
      const run = await ended();
      assert.match(run.now, /cancel|stopped by you/i);
    } finally {
      await setSetting('openai.baseUrl', undefined);
      await server.close();
    }
  });

  it('asks three rows first where the person wants to, and the run does not pay them again', async () => {
    const bodies: string[] = [];
    const server = await startLoopbackServer({ onPaid: body => bodies.push(body) });
    await setSetting('openai.baseUrl', server.url);
    try {
      await ready();
      const models = { taskModel: 'openai:sim-task', optimizerModel: 'openai:sim-optimizer' };
      const chosen = form({ inputs: { ticket: 'ticket' }, ...models, budgetCalls: '200' });
      await api.panel.send({ type: 'form-change', form: chosen });
      const known = (isWanted: (notes: string) => boolean) =>
        until('the estimate', () => {
          const { estimate } = api.panel.state();
          return estimate.status === 'known' && isWanted(estimate.notes.join(' ')) && estimate;
        });
      const before = await known(() => true);
      assert.match(before.probe ?? '', /^3\s+calls, \$0 at most$/u);
      await api.panel.send({ type: 'estimate-probe' });
      const after = await known(notes => notes.includes('asked first'));
      assert.equal(after.probe, undefined);
      assert.equal(server.ledger.paid, 3);
      person.willClick('Start');
      await api.panel.send({ type: 'run-start', form: chosen });
      const run = await ended();
      assert.match(run.budget, /of 197 calls/, 'its cost comes out of the budget');
      assert.equal(new Set(bodies).size, bodies.length, 'nothing was paid twice');
    } finally {
      await setSetting('openai.baseUrl', undefined);
      await server.close();
    }
  });

  it('asks before it spends money, naming the sum, and does not run where the answer is no', async () => {
    await ready();
    await api.panel.send({
      type: 'run-start',
      form: form({ inputs: { ticket: 'ticket' }, taskModel: 'openai:gpt-4o-mini' }),
    });
    const asked = person.messages.find(({ buttons }) => buttons.includes('Start'));
    assert.match(asked?.text ?? '', /This run will cost about \$0\.\d+/);
    assert.equal(api.panel.state().run, undefined);
  });

  it('names a wrong key with the button that lets it be corrected, and loses nothing', async () => {
    const server = await startLoopbackServer({ key: 'sk-right' });
    await setSetting('openai.baseUrl', server.url);
    person.willType('sk-wrong');
    await commands.executeCommand('promptRefiner.setApiKey');
    try {
      await ready();
      person.willClick('Start');
      await api.panel.send({
        type: 'run-start',
        form: form({
          inputs: { ticket: 'ticket' },
          taskModel: 'openai:sim-task',
          optimizerModel: 'openai:sim-optimizer',
        }),
      });
      const run = await ended();
      assert.equal(run.failed, true);
      assert.match(run.now, /key/i);
      assert.equal(run.remedy?.id, 'set-key');
      assert.equal(server.ledger.lastAuthorization, 'Bearer sk-wrong');
      assert.ok(!JSON.stringify(api.panel.state()).includes('sk-wrong'));
    } finally {
      await setSetting('openai.baseUrl', undefined);
      await server.close();
    }
  });

  it('says at the field what is wrong with a file, a column and a number', async () => {
    await ready();
    await api.panel.send({ type: 'form-change', form: form({ dataset: 'nowhere.csv' }) });
    assert.match(problemAt(api.panel.state(), 'dataset'), /nowhere\.csv/);
    await api.panel.send({
      type: 'form-change',
      form: form({ prompt: { kind: 'file', path: 'x.md' } }),
    });
    assert.match(problemAt(api.panel.state(), 'prompt'), /x\.md cannot be read/);
    await api.panel.send({ type: 'form-change', form: form({ patience: 'many' }) });
    assert.match(problemAt(api.panel.state(), 'patience'), /whole number/);
    assert.equal(api.panel.state().canStart, false);
  });

  it('refuses a dataset of one row with a sentence', async () => {
    await written('one.csv', 'ticket,team\nthe bill is wrong,billing\n');
    await ready();
    const one = form({ dataset: 'one.csv', inputs: { ticket: 'ticket' } });
    await api.panel.send({ type: 'form-change', form: one });
    const { canStart, canTest } = await until('the reason', () => {
      const state = api.panel.state();
      const { estimate } = state;
      return (
        estimate.status === 'impossible' && estimate.sentence.includes('1 usable row') && state
      );
    });
    assert.deepEqual([canStart, canTest], [false, true]);
    await api.panel.send({ type: 'run-start', form: one });
    const message = await until('a message', () => person.messages.at(-1));
    assert.match(message.text, /one\.csv has 1 usable row/);
    assert.equal(api.panel.state().run, undefined);
  });

  it('tries the demo, saves its winner as a version and opens its diff', async () => {
    await commands.executeCommand('promptRefiner.tryDemo');
    const { simulated, result, winner } = await ended();
    assert.equal(simulated, true);
    assert.equal(result?.verdict, 'better');
    assert.ok(winner);
    const { candidateId } = winner;
    await until('the labels before and after', () => {
      const breakdown = api.panel.state().run?.breakdown;
      return breakdown?.before && breakdown.after && breakdown;
    });
    await api.panel.send({ type: 'rows-show', kind: 'fixed', from: 0 });
    const [fixed] = api.panel.state().run?.rows?.items ?? [];
    assert.equal(fixed?.change, 'fixed');
    person.willPick('label');
    await api.panel.send({ type: 'slices-pick' });
    const slices = api.panel.state().run?.breakdown?.slices ?? [];
    assert.ok(slices.some(({ value }) => value === 'shipping'));
    await api.panel.send({ type: 'row-open', exampleId: fixed.exampleId });
    const answers = await diffTab('prompt-version');
    assert.match(answers.label, /^Answer to line \d+: original ↔ best$/);
    const shown = await workspace.openTextDocument(answers.input.original);
    assert.ok(shown.getText().startsWith(fixed.cells[0]?.output.replace(/…$/, '') ?? '?'));
    await closeEverything();
    await api.panel.send({ type: 'version-save', candidateId });
    const original = await textOf('.prompts/triage/v1.md');
    assert.equal(original.trim(), (await textOf('prompt-refiner-demo/triage.md')).trim());
    assert.notEqual(await textOf('.prompts/triage/v2.md'), original);
    assert.equal(api.panel.state().run?.winner?.savedVersion, 2);
    await api.panel.send({ type: 'candidate-diff', candidateId });
    const { label } = await diffTab('prompt-version');
    assert.equal(label, 'triage: original ↔ best');
  });
});

function problemAt({ problems }: PanelState, field: string): string {
  return problems.find(problem => problem.field === field)?.message ?? '';
}
