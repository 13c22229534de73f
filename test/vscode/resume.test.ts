import assert from 'node:assert/strict';
import { commands } from 'vscode';
import type { PromptRefinerApi } from '../../src/extension.ts';
import type { RunForm } from '../../src/panel/messages.ts';
import { startLoopbackServer, type LoopbackServer } from '../support/loopbackServer.ts';
import { sitDown, type Person } from './support/person.ts';
import { closeEverything, promptRefiner, setSetting, until, written } from './support/window.ts';

const prompt = 'You sort tickets.\nAnswer with one of: billing, shipping\n\nTicket: {{ticket}}\n';
const rows = Array.from({ length: 40 }, (_, row) =>
  row % 2 === 0 ? `the bill of order ${row} is wrong,billing` : `parcel ${row} is late,shipping`,
);
const datasetOf = (lines: readonly string[]): string => `ticket,team\n${lines.join('\n')}\n`;
const goOn = 'Go On with the Changes';

describe('resuming a run in the panel', () => {
  let api: PromptRefinerApi;
  let person: Person;
  let server: LoopbackServer;

  before(async () => {
    api = await promptRefiner();
    await written('again.md', prompt);
    await commands.executeCommand('promptRefiner.run.focus');
    await api.panel.send({ type: 'run-close' });
    server = await startLoopbackServer({ latencyMs: 100 });
    await setSetting('openai.baseUrl', server.url);
  });
  beforeEach(() => (person = sitDown()));
  afterEach(async () => {
    person.leave();
    await api.panel.send({ type: 'run-cancel' });
    await over();
    await api.panel.send({ type: 'run-close' });
    await closeEverything();
  });
  after(async () => {
    await setSetting('openai.baseUrl', undefined);
    await server.close();
  });

  const over = () =>
    until('a run that is over', () => {
      const status = api.panel.state().run?.status;
      return status !== 'running' && status !== 'cancelling';
    });

  it('lists what has changed and goes on only where the person says so', async () => {
    await written('again.csv', datasetOf(rows));
    await until('the form', () => api.panel.state().page === 'form');
    const form: RunForm = {
      ...api.panel.state().form,
      prompt: { kind: 'file', path: 'again.md' },
      dataset: 'again.csv',
      inputs: { ticket: 'ticket' },
      expected: 'team',
      metric: 'accuracy',
      otherMetrics: [],
      taskModel: 'openai:sim-task',
      optimizerModel: 'openai:sim-optimizer',
      strategy: 'reflect',
      budgetUsd: '',
      budgetCalls: '5000',
    };
    person.willClick('Start');
    await api.panel.send({ type: 'run-start', form });
    await until('an answer', () => server.ledger.paid > 0);
    await api.panel.send({ type: 'run-cancel' });
    await over();
    const runId = api.panel.state().run?.runId ?? assert.fail('no run is shown');
    await until('no request under way', () => server.ledger.inFlight === 0);
    const { paid } = server.ledger;

    await written('again.csv', datasetOf(rows.slice(0, 36)));
    await api.panel.send({ type: 'run-resume', runId });
    const question = person.messages.find(({ buttons }) => buttons.includes(goOn));
    assert.equal(question?.text, 'This run would not go on as it began.');
    assert.equal(api.panel.state().run?.status, 'ended');
    assert.equal(server.ledger.paid, paid, 'nothing is sent where the answer is no');

    person.willClick(goOn);
    await api.panel.send({ type: 'run-resume', runId });
    await until('an answer of the run that goes on', () => server.ledger.paid > paid);
  });
});
