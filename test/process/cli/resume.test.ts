import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startCli, written } from './runCli.ts';
import { rows, serverTask, tickets, until, type ServerTask } from './ticketTask.ts';

describe('a run that was stopped', () => {
  let task: ServerTask;
  beforeEach(() => {
    task = serverTask();
  });
  afterEach(() => task.end());

  it('ends in order on the first Ctrl-C, with the command that goes on', async function () {
    this.timeout(60_000);
    const { url, ledger } = await task.start({ latencyMs: 100 });
    const started = startCli(task.evaluate(url, '--concurrency', '2', '--no-cache', '--json'), {
      cwd: task.folder,
    });
    await written(started, /\nrun \S+: evaluate/);
    await until(() => ledger.paid >= 4);
    started.child.kill('SIGINT');
    const run = await started.done;
    assert.equal(run.exitCode, 130, run.err);
    const { end, run: facts } = run.json() as {
      end: { reason: string; resume: string };
      run: { id: string };
    };
    assert.equal(end.reason, 'cancelled');
    assert.ok(end.resume.startsWith(`prompt-refiner evaluate --resume ${facts.id}`), end.resume);
    assert.match(run.err, /press Ctrl-C again/);
    assert.ok(ledger.paid < rows);

    await until(() => ledger.inFlight === 0);
    const [recorded, paid] = [task.recordedAnswers(facts.id), ledger.paid];
    const resumed = await task.cli(end.resume.split(' ').slice(1));
    assert.equal(resumed.exitCode, 0, resumed.err);
    assert.match(resumed.out, new RegExp(`Rows: ok ${rows}\\.`));
    assert.equal(ledger.paid - paid, rows - recorded, 'only the rest was asked for');
  });

  it('ends at once on the second Ctrl-C', async function () {
    this.timeout(60_000);
    const { url, ledger } = await task.start({ latencyMs: 60_000 });
    const started = startCli(task.evaluate(url), { cwd: task.folder });
    await until(() => ledger.inFlight > 0);
    started.child.kill('SIGINT');
    await written(started, /press Ctrl-C again/);
    const pressed = Date.now();
    started.child.kill('SIGINT');
    const run = await started.done;
    assert.equal(run.exitCode, 130);
    assert.ok(Date.now() - pressed < 5_000);
  });

  it('goes on after a kill without paying a recorded answer again', async function () {
    this.timeout(60_000);
    const { url, ledger } = await task.start({ latencyMs: 50 });
    const words = task.evaluate(url, '--concurrency', '4', '--no-cache');
    const started = startCli(words, { cwd: task.folder });
    await until(() => ledger.paid >= 12);
    started.child.kill('SIGKILL');
    const killed = await started.done;
    assert.equal(killed.signal, 'SIGKILL');
    await until(() => ledger.inFlight === 0);

    const runId = task.onlyRun();
    const [recorded, paid] = [task.recordedAnswers(runId), ledger.paid];
    assert.ok(recorded >= 12 - 4, `${recorded} of ${paid} answers were recorded`);
    const again = ['evaluate', '--resume', runId, '--base-url', url, '--no-cache', '--json'];
    const resumed = await task.cli(again);
    assert.equal(resumed.exitCode, 0, resumed.err);
    assert.equal(ledger.paid - paid, rows - recorded);
    const json = resumed.json() as {
      outcomes: { ok: number };
      spending: { task: { calls: number } };
      earlier?: { inFlight: number; damagedLines: number };
    };
    const { inFlight = 0, damagedLines = 0 } = json.earlier ?? {};
    assert.ok(paid - recorded <= inFlight && inFlight <= 4, `${inFlight} shown as in flight`);
    assert.equal(damagedLines, 0);
    assert.equal(json.outcomes.ok, rows);
    assert.equal(json.spending.task.calls, rows);
  });

  it('lists what has changed since, and goes on only where that is accepted', async function () {
    this.timeout(60_000);
    const { url, ledger } = await task.start({ latencyMs: 50 });
    const started = startCli(task.evaluate(url, '--concurrency', '2'), { cwd: task.folder });
    await until(() => ledger.paid >= 4);
    started.child.kill('SIGINT');
    assert.equal((await started.done).exitCode, 130);
    await until(() => ledger.inFlight === 0);
    const dataset = join(task.folder, 'tickets.csv');
    writeFileSync(dataset, `${readFileSync(dataset, 'utf8')}T999,Where is the invoice?,billing\n`);

    const paid = ledger.paid;
    const words = ['evaluate', '--resume', task.onlyRun(), '--base-url', url];
    const refused = await task.cli(words);
    assert.equal(refused.exitCode, 2, refused.err);
    assert.match(refused.err, /The dataset tickets\.csv has changed\./);
    assert.match(refused.err, /add --accept-changes/);
    assert.equal(ledger.paid, paid);
    const accepted = await task.cli([...words, '--accept-changes']);
    assert.equal(accepted.exitCode, 0, accepted.err);
    assert.match(accepted.out, new RegExp(`Rows: ok ${rows + 1}\\.`));
    const alone = await task.cli([...task.evaluate(url), '--accept-changes']);
    assert.equal(alone.exitCode, 2);
    assert.match(alone.err, /--accept-changes goes with --resume/);
  });

  it('is refused to a second process, by name, while the first one works on it', async function () {
    this.timeout(60_000);
    const { url, ledger } = await task.start({ latencyMs: 100 });
    const started = startCli(task.evaluate(url, '--concurrency', '2'), { cwd: task.folder });
    await until(() => ledger.paid >= 4);
    const runId = task.onlyRun();
    const second = await task.cli(['evaluate', '--resume', runId, '--base-url', url]);
    assert.equal(second.exitCode, 2, second.err);
    assert.match(
      second.err,
      new RegExp(`Run ${runId} is under way in process ${started.child.pid ?? 0} on `),
    );
    const first = await started.done;
    assert.equal(first.exitCode, 0, first.err);
    assert.equal(ledger.paid, rows, 'the second one sent nothing');
    const third = await task.cli(['evaluate', '--resume', runId, '--base-url', url]);
    assert.equal(third.exitCode, 0, third.err);
  });

  it('finds the same winner after a kill in the middle of a search', async function () {
    this.timeout(60_000);
    writeFileSync(join(task.folder, 'tickets.csv'), tickets);
    const { url, ledger } = await task.start({ latencyMs: 3 });
    const words = task.evaluate(
      url,
      '--optimizer-model',
      'openai:sim-optimizer',
      '--max-iterations',
      '3',
      '--no-cache',
    );
    words[0] = 'optimize';
    const whole = await task.cli([...words, '--name', 'whole', '--json']);
    assert.equal(whole.exitCode, 0, whole.err);
    const paidForAll = ledger.paid;

    const started = startCli(words, { cwd: task.folder });
    await written(started, /\ntrial 1 /);
    started.child.kill('SIGKILL');
    await started.done;
    await until(() => ledger.inFlight === 0);
    const runId = task.onlyRun();
    const [recorded, paid] = [task.recordedAnswers(runId), ledger.paid];
    const resumed = await task.cli([
      ...['optimize', '--resume', runId, '--base-url', url],
      ...['--no-cache', '--json'],
    ]);
    assert.equal(resumed.exitCode, 0, resumed.err);
    interface Json {
      metrics: unknown;
      winner: unknown;
      versions: { role: string; number: number }[];
    }
    const [left, right] = [whole.json() as Json, resumed.json() as Json];
    assert.deepEqual(right.metrics, left.metrics);
    assert.deepEqual(right.winner, left.winner);
    assert.deepEqual(
      right.versions.map(({ number }) => number),
      [1, 2],
    );
    assert.equal(ledger.paid - paid, paidForAll - recorded, 'only the rest was asked for');
  });
});
