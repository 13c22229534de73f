import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startCli } from './runCli.ts';
import { prompt, rows, serverTask, until, type ServerTask } from './ticketTask.ts';

interface Result {
  readonly metrics: unknown;
  readonly rows: unknown;
  readonly spending: {
    readonly total: {
      readonly calls: number;
      readonly cached: number;
      readonly savedTokens: number;
      readonly inputTokens: number;
      readonly outputTokens: number;
    };
  };
}

interface Verdict {
  readonly verdict: string;
  readonly sentence: string;
  readonly earlierClaims?: number;
}

describe('the cache of a workspace', function () {
  this.timeout(60_000);
  let task: ServerTask;
  beforeEach(() => {
    task = serverTask();
  });
  afterEach(() => task.end());

  it('pays for a second run nothing, and says what that saved', async () => {
    const { url, ledger } = await task.start();
    const first = await task.cli(task.evaluate(url, '--json'));
    assert.equal(first.exitCode, 0, first.err);
    assert.equal(ledger.paid, rows);
    const second = await task.cli(task.evaluate(url, '--json'));
    assert.equal(ledger.received, rows, 'nothing was sent');
    const [before, after] = [first.json() as Result, second.json() as Result];
    assert.deepEqual(after.metrics, before.metrics);
    assert.deepEqual(after.rows, before.rows);
    const { calls, cached, savedTokens } = after.spending.total;
    const paid = before.spending.total;
    assert.deepEqual([calls, cached], [0, rows]);
    assert.equal(savedTokens, paid.inputTokens + paid.outputTokens);

    const third = await task.cli(task.evaluate(url));
    assert.match(third.out, /saved by cache +40 /);
    assert.match(third.out, /40 answers came from the workspace's cache/);
    assert.equal(ledger.received, rows);
  });

  it('asks again with --no-cache, for another prompt, and at another address', async () => {
    const { url, ledger } = await task.start();
    await task.cli(task.evaluate(url));
    await task.cli(task.evaluate(url, '--no-cache'));
    assert.equal(ledger.paid, 2 * rows);
    await task.cli(task.evaluate(url, '--cache-size', '0'));
    assert.equal(ledger.paid, 3 * rows);
    await task.cli(task.evaluate(`${url}/`));
    assert.equal(ledger.paid, 3 * rows, 'a slash at the end is no other address');
    await task.cli(task.evaluate(url.replace('127.0.0.1', 'localhost')));
    assert.equal(ledger.paid, 4 * rows);
    writeFileSync(join(task.folder, 'triage.md'), `${prompt}\nBe brief.\n`);
    await task.cli(task.evaluate(url));
    assert.equal(ledger.paid, 5 * rows);
  });

  it('finds the same as a search without it, and pays it once', async () => {
    const { url, ledger } = await task.start();
    const words = ['optimize', ...task.evaluate(url).slice(1), '--optimizer-model'];
    words.push('openai:sim-optimizer', '--max-iterations', '3', '--json');
    const plain = await task.cli([...words, '--no-cache']);
    assert.equal(plain.exitCode, 0, plain.err);
    const paid = ledger.paid;
    const filled = await task.cli(words);
    assert.equal(ledger.paid, 2 * paid);
    const cached = await task.cli([...words, '--concurrency', '32']);
    assert.equal(ledger.paid, 2 * paid, 'the optimizer model was not asked again either');
    for (const run of [filled, cached]) {
      const [found, expected] = [run.json(), plain.json()] as Record<string, unknown>[];
      for (const part of ['metrics', 'winner', 'trials']) {
        assert.deepEqual(found?.[part], expected?.[part], part);
      }
      // A later run also says that these rows have judged a result before.
      const judged = [found, expected].map(each => {
        const { earlierClaims: _, sentence: __, ...verdict } = each?.['verdict'] as Verdict;
        return verdict;
      });
      assert.deepEqual(judged[0], judged[1]);
    }
  });

  it('serves a run that was killed and goes on, whose answers it gives at what they cost', async () => {
    const { url, ledger } = await task.start({ latencyMs: 50 });
    const started = startCli(task.evaluate(url, '--concurrency', '4'), { cwd: task.folder });
    await until(() => ledger.paid >= 12);
    started.child.kill('SIGKILL');
    await started.done;
    await until(() => ledger.inFlight === 0);
    const runId = task.onlyRun();
    const [recorded, paid] = [task.recordedAnswers(runId), ledger.paid];
    const resumed = await task.cli(['evaluate', '--resume', runId, '--base-url', url, '--json']);
    assert.equal(resumed.exitCode, 0, resumed.err);
    assert.ok(ledger.paid - paid <= rows - recorded);
    const { calls, cached } = (resumed.json() as Result).spending.total;
    assert.deepEqual([calls, cached], [rows, 0], 'the run has paid for all of them');

    const again = await task.cli(task.evaluate(url, '--json'));
    assert.equal((again.json() as Result).spending.total.cached, rows);
  });

  it('pays once for what several processes ask at the same time', async () => {
    const bodies: string[] = [];
    const { url, ledger } = await task.start({ latencyMs: 30, onPaid: body => bodies.push(body) });
    const words = [...task.evaluate(url, '--json'), '--concurrency', '4'];
    const runs = await Promise.all(Array.from({ length: 4 }, () => task.cli(words)));
    for (const run of runs) assert.equal(run.exitCode, 0, run.err);
    assert.equal(new Set(bodies).size, rows);
    assert.equal(ledger.paid, rows);
    const results = runs.map(run => run.json() as Result);
    assert.equal(
      results.reduce((sum, { spending }) => sum + spending.total.calls, 0),
      rows,
      'each answer is in the books of one run',
    );
    for (const { metrics, spending } of results) {
      assert.deepEqual(metrics, results[0]?.metrics);
      assert.equal(spending.total.calls + spending.total.cached, rows);
    }
    assert.deepEqual(readdirSync(join(task.folder, '.prompts/.cache/asking')), []);
  });

  it('asks for what a killed process had asked for, and for nothing else twice', async () => {
    const { url, ledger } = await task.start({ latencyMs: 50 });
    const words = [...task.evaluate(url), '--concurrency', '4'];
    const started = Array.from({ length: 3 }, () => startCli(words, { cwd: task.folder }));
    await until(() => ledger.paid >= 10);
    started[0]?.child.kill('SIGKILL');
    const [killed, ...others] = await Promise.all(started.map(each => each.done));
    assert.equal(killed?.signal, 'SIGKILL');
    for (const run of others) assert.equal(run.exitCode, 0, run.err);
    assert.ok(ledger.paid >= rows && ledger.paid <= rows + 4, `${ledger.paid} paid`);
  });

  it('takes a broken entry for none and says so', async () => {
    const { url, ledger } = await task.start();
    await task.cli(task.evaluate(url));
    const folder = join(task.folder, '.prompts/.cache/answers-1');
    const [segment = ''] = readdirSync(folder);
    const lines = readFileSync(join(folder, segment), 'utf8').split('\n');
    const broken = lines.map((line, at) =>
      at % 10 === 0 ? line.replace('"text":"', '"text":"X') : line,
    );
    writeFileSync(join(folder, segment), broken.join('\n'));
    const second = await task.cli(task.evaluate(url));
    assert.match(second.out, /4 entries of the cache of answers could not be read/);
    assert.equal(ledger.paid, rows + 4);
    const third = await task.cli(task.evaluate(url));
    assert.match(third.out, /saved by cache +40 /);
    assert.equal(ledger.paid, rows + 4, 'they were mended');
  });

  it('holds no key', async () => {
    const key = 'sk-cache-0123456789abcdef';
    const { url } = await task.start({ key });
    const run = await task.cli(task.evaluate(url), { OPENAI_API_KEY: key });
    assert.equal(run.exitCode, 0, run.err);
    const folder = join(task.folder, '.prompts/.cache/answers-1');
    for (const name of readdirSync(folder)) {
      assert.ok(!readFileSync(join(folder, name), 'utf8').includes('0123456789abcdef'));
    }
  });
});
