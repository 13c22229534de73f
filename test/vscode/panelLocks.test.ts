import assert from 'node:assert/strict';
import { commands } from 'vscode';
import { dataset, form, prompt } from './support/sortingForm.ts';
import {
  closeEverything,
  opened,
  promptRefiner,
  textOf,
  until,
  written,
} from './support/window.ts';

describe('the optimization panel and locked sections', () => {
  after(closeEverything);

  it('keeps what is locked in the prompt file in every candidate, and says so beforehand', async () => {
    const api = await promptRefiner();
    await written('rows.csv', dataset);
    await commands.executeCommand('promptRefiner.run.focus');
    await api.panel.send({ type: 'run-close' });
    const locked = 'You sort tickets.';
    const file = await written('sorting.md', prompt);
    await opened(file, { selected: locked });
    await commands.executeCommand('promptRefiner.lockSection');
    try {
      await until('the form', () => api.panel.state().page === 'form');
      await api.panel.send({ type: 'form-change', form: form({ inputs: { ticket: 'ticket' } }) });
      await until('a note about the lock', () => {
        const { estimate } = api.panel.state();
        return (
          estimate.status === 'known' && estimate.notes.some(note => note.includes('One locked'))
        );
      });
      await api.panel.send({ type: 'run-start', form: form({ inputs: { ticket: 'ticket' } }) });
      const { runId } = await until('the end of the run', () => {
        const { run } = api.panel.state();
        return run?.status === 'ended' && run;
      });
      const report = JSON.parse(await textOf(`.prompts/sorting/runs/${runId}/report.json`)) as {
        readonly run: { readonly locked: readonly string[] };
      };
      assert.deepEqual(report.run.locked, [locked]);
    } finally {
      await opened(file, { selected: locked });
      await commands.executeCommand('promptRefiner.unlockSection');
    }
  });
});
