import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { commands, extensions } from 'vscode';
import type { PromptRefinerApi } from '../../src/extension.ts';
import { startLoopbackServer, type LoopbackServer } from '../support/loopbackServer.ts';
import { folder, promptRefiner, setSetting, until, written } from './support/window.ts';

const prompt = 'Watched tickets.\nAnswer with one of: billing, shipping\n\nTicket: {{ticket}}\n';
const rows = Array.from({ length: 60 }, (_, row) =>
  row % 2 === 0 ? `the bill of item ${row} is wrong,billing` : `box ${row} is late,shipping`,
);

describe('a run of another process, seen from this window', () => {
  let api: PromptRefinerApi;
  let server: LoopbackServer;
  let other: ChildProcess | undefined;

  before(async () => {
    api = await promptRefiner();
    server = await startLoopbackServer({ latencyMs: 150 });
    await setSetting('openai.baseUrl', server.url);
    await commands.executeCommand('promptRefiner.run.focus');
    await api.panel.send({ type: 'run-close' });
    await written('watched.md', prompt);
    await written('watched.csv', `ticket,team\n${rows.join('\n')}\n`);
  });
  after(async () => {
    await end();
    await api.panel.send({ type: 'run-cancel' });
    await until('no run under way', () => !api.panel.state().run?.underWay);
    await api.panel.send({ type: 'run-close' });
    await setSetting('openai.baseUrl', undefined);
    await server.close();
  });

  it('is offered, followed read-only, and can be gone on with when its owner has died', async () => {
    await until('the form', () => api.panel.state().page === 'form');
    other = begin();
    const { pid } = other;
    const offered = await until('the run of the other process', () =>
      api.panel.state().elsewhere.find(({ label }) => label.includes(`process ${pid}`)),
    );
    const { runId } = offered;
    await api.panel.send({ type: 'run-show', runId });
    const shown = await until('a row of it', () => {
      const { run } = api.panel.state();
      return run?.status === 'watched' && run.progress && run.progress.done > 0 ? run : undefined;
    });
    assert.match(
      shown.watching ?? '',
      new RegExp(`^Running in another window \\(.+, process ${pid}\\)`),
    );
    assert.deepEqual([shown.underWay, shown.resumable], [false, false]);

    await end();
    await until('an interrupted run', () => api.panel.state().run?.status === 'interrupted');
    assert.equal(api.panel.state().run?.resumable, true);
    const { paid } = server.ledger;
    await api.panel.send({ type: 'run-resume', runId });
    await until('this window at work on it', () => api.panel.state().run?.status === 'running');
    await until('an answer that was not paid yet', () => server.ledger.paid > paid);
  });

  /** A search from the command line, as another window would run it. */
  function begin(): ChildProcess {
    const { extensionPath } =
      extensions.getExtension('prompt-refiner.prompt-refiner') ?? assert.fail();
    const words = ['optimize', '--prompt', 'watched.md', '--dataset', 'watched.csv'];
    words.push('--metric', 'accuracy', '--model', 'openai:sim-task', '--strategy', 'reflect');
    words.push('--optimizer-model', 'openai:sim-optimizer', '--base-url', server.url, '--yes');
    words.push('--concurrency', '2', '--input', 'ticket', '--target', 'team');
    return spawn(process.execPath, [join(extensionPath, 'dist/cli.js'), ...words], {
      cwd: folder().uri.fsPath,
      env: { PATH: process.env['PATH'] ?? '', HOME: folder().uri.fsPath },
      stdio: 'ignore',
    });
  }

  async function end(): Promise<void> {
    if (other?.exitCode !== null || other.signalCode !== null) return;
    const gone = once(other, 'exit');
    other.kill('SIGKILL');
    await gone;
  }
});
