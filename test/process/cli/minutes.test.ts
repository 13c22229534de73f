import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rows, serverTask, type ServerTask } from './ticketTask.ts';

interface Result {
  readonly end: {
    readonly reason: string;
    readonly sentence: string;
    readonly ranMilliseconds: number;
    readonly milliseconds: number;
  };
  readonly run: { readonly id: string };
  readonly outcomes: { readonly ok: number };
}

describe('a budget of minutes', function () {
  this.timeout(90_000);
  let task: ServerTask;
  beforeEach(() => (task = serverTask()));
  afterEach(() => task.end());

  it('stops a run, counts what it ran before, and lets it go on with more', async () => {
    const { url, ledger } = await task.start({ latencyMs: 150 });
    const words = task.evaluate(url, '--concurrency', '1', '--budget-minutes', '0.03', '--json');
    const first = await task.cli(words);
    assert.equal(first.exitCode, 3, first.err);
    const { end, run, outcomes } = first.json() as Result;
    assert.equal(end.reason, 'budget');
    assert.match(end.sentence, /The budget of 0 min is used up|of 0\.\d min is used up/);
    assert.ok(outcomes.ok > 0 && outcomes.ok < rows, `${outcomes.ok} rows`);
    const paid = ledger.paid;

    const resume = ['evaluate', '--resume', run.id, '--base-url', url, '--json'];
    const second = await task.cli(resume);
    assert.equal((second.json() as Result).end.reason, 'budget');
    assert.ok(ledger.paid <= paid + 1, 'the time before the restart counts');

    const third = await task.cli([...resume, '--budget-minutes', '10']);
    assert.equal(third.exitCode, 0, third.err);
    const whole = third.json() as Result;
    assert.equal(whole.outcomes.ok, rows);
    assert.ok(whole.end.ranMilliseconds >= end.ranMilliseconds && end.ranMilliseconds > 0);
    const report = join(task.folder, `.prompts/triage/runs/${run.id}/report.md`);
    assert.match(
      readFileSync(report, 'utf8'),
      /The run was at work for .+ of the 10 min allowed, all sessions together\./,
    );
  });

  it('is no whole number, but is one above 0', async () => {
    const { url } = await task.start();
    const run = await task.cli(task.evaluate(url, '--budget-minutes', 'soon'));
    assert.equal(run.exitCode, 2);
    assert.match(run.err, /--budget-minutes/);
  });

  it('is foreseen by what earlier runs have measured', async () => {
    const { url } = await task.start({ latencyMs: 300 });
    const estimate = async () => {
      const run = await task.cli(task.evaluate(url, '--estimate', '--json'));
      assert.equal(run.exitCode, 0, run.err);
      const { minutes, notes } = (
        run.json() as { estimate: { minutes: { likely: number }; notes: string[] } }
      ).estimate;
      return { likely: minutes.likely, notes: notes.join('\n') };
    };
    const before = await estimate();
    assert.match(before.notes, /2 s an answer, which is assumed/);
    await task.cli(task.evaluate(url));
    const after = await estimate();
    assert.match(after.notes, /as 40 answers of earlier runs took/);
    // 40 answers of 0.3 s at 8 at a time, on a machine that may be slow.
    assert.ok(
      after.likely >= (5 * 0.3) / 60 && after.likely < before.likely * 3,
      `${after.likely}`,
    );
    const ignore = join(task.folder, '.prompts/.cache/.gitignore');
    assert.ok(existsSync(ignore) && readFileSync(ignore, 'utf8') === '*\n');
  });
});
