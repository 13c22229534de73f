import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { rows, serverTask, type ServerTask } from './ticketTask.ts';

describe('the command line and a server', () => {
  let task: ServerTask;
  beforeEach(() => {
    task = serverTask();
  });
  afterEach(() => task.end());

  it('asks for every row once, as many at a time as was said, without asking for a key', async () => {
    const { url, ledger } = await task.start({ latencyMs: 10 });
    const run = await task.cli(task.evaluate(url, '--concurrency', '5', '--json'));
    assert.equal(run.exitCode, 0, run.err);
    assert.equal((run.json() as { outcomes: { ok: number } }).outcomes.ok, rows);
    assert.equal(ledger.paid, rows);
    assert.equal(ledger.mostInFlight, 5);
    assert.equal(ledger.lastAuthorization?.includes('sk-'), undefined);
  });

  it('sends the key of the environment to the address of the same command', async () => {
    const { url, ledger } = await task.start({ key: 'sk-right' });
    const run = await task.cli(task.evaluate(url), { OPENAI_API_KEY: 'sk-right' });
    assert.equal(run.exitCode, 0, run.err);
    assert.equal(ledger.lastAuthorization, 'Bearer sk-right');
  });

  it('writes no key into any file, nor shows it, whether it is right or refused', async () => {
    const { url } = await task.start({ key: 'sk-right-one' });
    const report = ['--report', 'report.md', '--export', 'rows.json'];
    for (const key of ['sk-right-one', 'sk-wrong-one']) {
      const run = await task.cli(task.evaluate(url, ...report), { OPENAI_API_KEY: key });
      assert.doesNotMatch(run.out + run.err, /sk-(?:right|wrong)-one/);
    }
    const entries = readdirSync(task.folder, { recursive: true, withFileTypes: true });
    const files = entries.filter(entry => entry.isFile());
    assert.ok(
      files.some(({ name }) => name === 'calls.jsonl'),
      'nothing was recorded',
    );
    for (const { parentPath, name } of files) {
      const text = readFileSync(join(parentPath, name), 'utf8');
      assert.doesNotMatch(text, /sk-(?:right|wrong)-one/, name);
    }
  });

  it('sends no key to an address of the environment, and says so', async () => {
    const { url, ledger } = await task.start({ key: 'sk-right' });
    const words = task.evaluate(url).filter(word => word !== '--base-url' && word !== url);
    const env = { OPENAI_API_KEY: 'sk-right', OPENAI_BASE_URL: url };
    const run = await task.cli(words, env);
    assert.equal(run.exitCode, 3, run.err);
    assert.match(run.err, /OPENAI_API_KEY is not sent to http:\/\/127\.0\.0\.1.*--base-url/);
    assert.doesNotMatch(ledger.lastAuthorization ?? '', /sk-right/);
  });

  it('stops at a wrong key with exit code 3, one sentence and the remedy, and fails no row', async () => {
    const { url, ledger } = await task.start({ key: 'sk-right' });
    const run = await task.cli(task.evaluate(url), { OPENAI_API_KEY: 'sk-wrong-secret' });
    assert.equal(run.exitCode, 3, run.out + run.err);
    assert.match(run.out, /OPENAI_API_KEY/);
    assert.match(run.out, /To go on: prompt-refiner evaluate --resume \S+ --base-url http/);
    assert.doesNotMatch(run.out + run.err, /secret/);
    assert.equal(ledger.paid, 0);

    const runId = task.onlyRun();
    const resumed = await task.cli(['evaluate', '--resume', runId, '--base-url', url, '--json'], {
      OPENAI_API_KEY: 'sk-right',
    });
    assert.equal(resumed.exitCode, 0, resumed.err);
    assert.deepEqual((resumed.json() as { failures: unknown[] }).failures, []);
  });

  it('stops at an unknown model with exit code 3 and its name', async () => {
    const { url } = await task.start();
    const run = await task.cli([...task.evaluate(url), '--model', 'openai:sim-tusk', '--json']);
    assert.equal(run.exitCode, 3, run.err);
    const { end, outcomes } = run.json() as {
      end: { errorCode: string; sentence: string };
      outcomes: { failed: number };
    };
    assert.equal(end.errorCode, 'provider/model-unknown');
    assert.match(end.sentence, /sim-tusk/);
    assert.equal(outcomes.failed, 0);
  });

  it('says at which address no server is', async function () {
    this.timeout(60_000);
    const closed = await task.start();
    const { url } = closed;
    await closed.close();
    const run = await task.cli(task.evaluate(url));
    assert.equal(run.exitCode, 3, run.err);
    assert.match(run.out, new RegExp(url.replace(/\/v1$/, '')));
  });

  it('says that a server is no language model server', async function () {
    this.timeout(60_000);
    const other = createServer((_, response) => response.end('<html>hello</html>'));
    await new Promise<void>(fulfil => other.listen(0, '127.0.0.1', fulfil));
    try {
      const { port } = other.address() as { port: number };
      const run = await task.cli(task.evaluate(`http://127.0.0.1:${port}/v1`, '--json'));
      assert.equal(run.exitCode, 3, run.out + run.err);
      assert.match((run.json() as { end: { errorCode: string } }).end.errorCode, /^provider\//);
    } finally {
      other.closeAllConnections();
      other.close();
    }
  });

  it('waits where the server limits the rate, says so, and loses no row', async function () {
    this.timeout(60_000);
    const { url, ledger } = await task.start({ rateLimited: 0.1, retryAfter: 1 });
    const run = await task.cli(task.evaluate(url));
    assert.equal(run.exitCode, 0, run.err);
    assert.match(run.out, new RegExp(`Rows: ok ${rows}\\.`));
    assert.ok(ledger.rateLimited > 0);
    assert.match(run.err, /\nwaiting \d+ s: /);
  });

  it('tries again where the server fails now and then', async function () {
    this.timeout(60_000);
    const { url, ledger } = await task.start({ failing: 0.05 });
    const run = await task.cli(task.evaluate(url));
    assert.equal(run.exitCode, 0, run.err);
    assert.match(run.out, new RegExp(`Rows: ok ${rows}\\.`));
    assert.ok(ledger.failed > 0);
  });

  it('runs the usable rows of a dataset with a broken line, and counts the other', async () => {
    const { url } = await task.start();
    const lines = Array.from({ length: 9 }, (_, at) =>
      JSON.stringify({ ticket: `t${at}`, label: 'billing' }),
    );
    writeFileSync(join(task.folder, 'tickets.jsonl'), [...lines, '{"ticket": "x'].join('\n'));
    const run = await task.cli(task.evaluate(url).map(word => word.replace('.csv', '.jsonl')));
    assert.equal(run.exitCode, 0, run.err);
    assert.match(run.out, /Rows: ok 9\./);
    assert.match(run.err, /9 rows usable, 1 not, because line 10: /);
  });

  it('does not spend in a pipe before it was told that it may', async () => {
    const words = ['evaluate', '--prompt', 'triage.md', '--dataset', 'tickets.csv'];
    const run = await task.cli([...words, '--metric', 'accuracy', '--model', 'openai:gpt-4o'], {
      OPENAI_API_KEY: 'sk-test',
    });
    assert.equal(run.exitCode, 2, run.err);
    assert.match(run.err, /^Estimate: 40 calls, /);
    assert.match(run.err, /This run may cost .* Add --yes .* Nothing was sent\./);
  });

  it('lists the models of the server with the day on which one is shut down', async () => {
    const { url } = await task.start({ shutdownDate: '2027-01-14' });
    const run = await task.cli(['models', '--base-url', url]);
    assert.equal(run.exitCode, 0, run.err);
    assert.match(run.out, /openai:sim-task +http:\/\/127\.0\.0\.1\S* +0 +0\n/);
    assert.match(run.out, /openai:sim-old .* shuts down 2027-01-14/);
  });
});
