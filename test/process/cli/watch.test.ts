import assert from 'node:assert/strict';
import { compose } from '../../../src/compose.ts';
import { emptyRun, reduce, type Engine, type RunState } from '../../../src/engine/index.ts';
import { startCli } from './runCli.ts';
import { rows, serverTask, until, type ServerTask } from './ticketTask.ts';

describe('a run that another process works on', function () {
  this.timeout(90_000);
  let task: ServerTask;
  beforeEach(() => (task = serverTask()));
  afterEach(() => task.end());

  const engineHere = (): Engine =>
    compose({ folder: task.folder, settings: {}, keyFor: () => Promise.resolve(undefined) });

  /** Watches a run from this process: what it knows of it now, and whether it is over. */
  function watching(engine: Engine, runId: string, signal?: AbortSignal) {
    const seen: { state: RunState; starts: number } = { state: emptyRun, starts: 0 };
    const done = (async () => {
      for await (const event of engine.watch(runId, signal)) {
        seen.state = reduce(seen.state, event);
        if (event.type === 'run-start') seen.starts += 1;
      }
    })();
    return { seen, done };
  }

  it('is followed while it runs, until its owner is killed, and again by who goes on', async () => {
    const { url, ledger } = await task.start({ latencyMs: 100 });
    const owner = startCli(task.evaluate(url, '--concurrency', '2'), { cwd: task.folder });
    await until(() => ledger.paid >= 2);
    const engine = engineHere();
    const [run] = await engine.runs();
    assert.equal(run?.status, 'running');
    assert.equal(run.holder?.pid, owner.child.pid);

    const first = watching(engine, run.runId);
    await until(() => (first.seen.state.running?.done ?? 0) >= 6);
    assert.equal(first.seen.state.ended, undefined);
    owner.child.kill('SIGKILL');
    await owner.done;
    await first.done;
    assert.equal(first.seen.state.ended, undefined);
    assert.ok((first.seen.state.running?.done ?? 0) < rows);
    assert.equal((await engine.runs())[0]?.status, 'interrupted', 'it can be gone on with');

    const words = ['evaluate', '--resume', run.runId, '--base-url', url];
    const heir = startCli(words, { cwd: task.folder });
    let heirs = await engine.runs();
    while (heirs[0]?.status !== 'running') {
      assert.equal(heir.child.exitCode, null, heir.err());
      heirs = await engine.runs();
    }
    const second = watching(engine, run.runId);
    const ended = await heir.done;
    assert.equal(ended.exitCode, 0, ended.err);
    await second.done;
    assert.equal(second.seen.state.ended?.reason, 'done');
    assert.equal(second.seen.state.outcomes.ok, rows);
    let replayed = emptyRun;
    for await (const event of engine.replay(run.runId)) replayed = reduce(replayed, event);
    assert.deepEqual(second.seen.state, replayed, 'every event, once and in order');
  });

  it('goes on when nobody watches any more', async () => {
    const { url, ledger } = await task.start({ latencyMs: 100 });
    const owner = startCli(task.evaluate(url, '--concurrency', '4'), { cwd: task.folder });
    await until(() => ledger.paid >= 2);
    const engine = engineHere();
    const controller = new AbortController();
    const { seen, done } = watching(engine, task.onlyRun(), controller.signal);
    await until(() => seen.state.header !== undefined);
    controller.abort();
    await done;
    const run = await owner.done;
    assert.equal(run.exitCode, 0, run.err);
    assert.equal(ledger.paid, rows);
  });

  it('is an error with a sentence where there is no such run', async () => {
    await assert.rejects(engineHere().watch('2026-01-01-none')[Symbol.asyncIterator]().next(), {
      message: 'There is no run 2026-01-01-none to watch.',
    });
  });
});
