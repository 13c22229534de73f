import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import {
  startLoopbackServer,
  type LoopbackOptions,
  type LoopbackServer,
} from '../../support/loopbackServer.ts';
import { repository, runCli, startCli, workspaceWith, written } from './runCli.ts';

const prompt = readFileSync(join(repository, 'examples/triage/prompt.md'), 'utf8');
const tickets = readFileSync(join(repository, 'examples/triage/tickets.csv'), 'utf8');
const rows = 40;

describe('the command line and a server', () => {
  let server: LoopbackServer | undefined;
  let workspace: ReturnType<typeof workspaceWith>;

  beforeEach(() => {
    workspace = workspaceWith({
      'triage.md': prompt,
      'tickets.csv': `${tickets
        .split('\n')
        .slice(0, rows + 1)
        .join('\n')}\n`,
    });
  });
  afterEach(async () => {
    await server?.close();
    server = undefined;
    workspace.remove();
  });

  async function start(options: LoopbackOptions = {}): Promise<LoopbackServer> {
    server = await startLoopbackServer(options);
    return server;
  }
  const evaluate = (url: string, ...more: string[]) => [
    'evaluate',
    '--prompt',
    'triage.md',
    '--dataset',
    'tickets.csv',
    '--metric',
    'accuracy',
    '--model',
    'openai:sim-task',
    '--base-url',
    url,
    ...more,
  ];
  const cli = (words: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    runCli(words, { cwd: workspace.folder, env });
  const recordedAnswers = (runId: string): number => {
    const record = join(workspace.folder, '.prompts/triage/runs', runId, 'calls.jsonl');
    return readFileSync(record, 'utf8').match(/"answer"/g)?.length ?? 0;
  };
  const onlyRun = (): string => {
    const [runId, ...more] = readdirSync(join(workspace.folder, '.prompts/triage/runs'));
    assert.ok(runId && more.length === 0);
    return runId;
  };

  it('asks for every row once, as many at a time as was said, without asking for a key', async () => {
    const { url, ledger } = await start({ latencyMs: 10 });
    const run = await cli(evaluate(url, '--concurrency', '5', '--json'));
    assert.equal(run.exitCode, 0, run.err);
    assert.equal(run.json<{ outcomes: { ok: number } }>().outcomes.ok, rows);
    assert.equal(ledger.paid, rows);
    assert.equal(ledger.mostInFlight, 5);
    assert.equal(ledger.lastAuthorization?.includes('sk-'), undefined);
  });

  it('sends the key of the environment to the address of the same command', async () => {
    const { url, ledger } = await start({ key: 'sk-right' });
    const run = await cli(evaluate(url), { OPENAI_API_KEY: 'sk-right' });
    assert.equal(run.exitCode, 0, run.err);
    assert.equal(ledger.lastAuthorization, 'Bearer sk-right');
  });

  it('sends no key to an address of the environment, and says so', async () => {
    const { url, ledger } = await start({ key: 'sk-right' });
    const words = evaluate(url).filter(word => word !== '--base-url' && word !== url);
    const env = { OPENAI_API_KEY: 'sk-right', OPENAI_BASE_URL: url };
    const run = await cli(words, env);
    assert.equal(run.exitCode, 3, run.err);
    assert.match(run.err, /OPENAI_API_KEY is not sent to http:\/\/127\.0\.0\.1.*--base-url/);
    assert.doesNotMatch(ledger.lastAuthorization ?? '', /sk-right/);
  });

  it('stops at a wrong key with exit code 3, one sentence and the remedy, and fails no row', async () => {
    const { url, ledger } = await start({ key: 'sk-right' });
    const run = await cli(evaluate(url), { OPENAI_API_KEY: 'sk-wrong-secret' });
    assert.equal(run.exitCode, 3, run.out + run.err);
    assert.match(run.out, /OPENAI_API_KEY/);
    assert.match(run.out, /To go on: prompt-refiner evaluate --resume \S+ --base-url http/);
    assert.doesNotMatch(run.out + run.err, /secret/);
    assert.equal(ledger.paid, 0);

    const runId = onlyRun();
    const resumed = await cli(['evaluate', '--resume', runId, '--base-url', url, '--json'], {
      OPENAI_API_KEY: 'sk-right',
    });
    assert.equal(resumed.exitCode, 0, resumed.err);
    assert.deepEqual(resumed.json<{ failures: unknown[] }>().failures, []);
  });

  it('stops at an unknown model with exit code 3 and its name', async () => {
    const { url } = await start();
    const run = await cli([...evaluate(url), '--model', 'openai:sim-tusk', '--json']);
    assert.equal(run.exitCode, 3, run.err);
    const { end, outcomes } = run.json<{
      end: { errorCode: string; sentence: string };
      outcomes: { failed: number };
    }>();
    assert.equal(end.errorCode, 'provider/model-unknown');
    assert.match(end.sentence, /sim-tusk/);
    assert.equal(outcomes.failed, 0);
  });

  it('says at which address no server is', async function () {
    this.timeout(60_000);
    const { url } = await start();
    await server?.close();
    const run = await cli(evaluate(url));
    assert.equal(run.exitCode, 3, run.err);
    assert.match(run.out, new RegExp(url.replace(/\/v1$/, '')));
  });

  it('says that a server is no language model server', async function () {
    this.timeout(60_000);
    const other = createServer((_, response) => response.end('<html>hello</html>'));
    await new Promise<void>(fulfil => other.listen(0, '127.0.0.1', fulfil));
    try {
      const { port } = other.address() as { port: number };
      const run = await cli(evaluate(`http://127.0.0.1:${port}/v1`, '--json'));
      assert.equal(run.exitCode, 3, run.out + run.err);
      assert.match(run.json<{ end: { errorCode: string } }>().end.errorCode, /^provider\//);
    } finally {
      other.closeAllConnections();
      other.close();
    }
  });

  it('waits where the server limits the rate, says so, and loses no row', async function () {
    this.timeout(60_000);
    const { url, ledger } = await start({ rateLimited: 0.1, retryAfter: 1 });
    const run = await cli(evaluate(url));
    assert.equal(run.exitCode, 0, run.err);
    assert.match(run.out, new RegExp(`Rows: ok ${rows}\\.`));
    assert.ok(ledger.rateLimited > 0);
    assert.match(run.err, /\nwaiting \d+ s: /);
  });

  it('tries again where the server fails now and then', async function () {
    this.timeout(60_000);
    const { url, ledger } = await start({ failing: 0.05 });
    const run = await cli(evaluate(url));
    assert.equal(run.exitCode, 0, run.err);
    assert.match(run.out, new RegExp(`Rows: ok ${rows}\\.`));
    assert.ok(ledger.failed > 0);
  });

  it('runs the usable rows of a dataset with a broken line, and counts the other', async () => {
    const { url } = await start();
    const lines = Array.from({ length: 9 }, (_, at) =>
      JSON.stringify({ ticket: `t${at}`, label: 'billing' }),
    );
    writeFileSync(join(workspace.folder, 'tickets.jsonl'), [...lines, '{"ticket": "x'].join('\n'));
    const run = await cli(evaluate(url).map(word => word.replace('.csv', '.jsonl')));
    assert.equal(run.exitCode, 0, run.err);
    assert.match(run.out, /Rows: ok 9\./);
    assert.match(run.err, /Rows: 9; 1 row cannot be used/);
  });

  it('ends in order on the first Ctrl-C, with the command that goes on', async function () {
    this.timeout(60_000);
    const { url, ledger } = await start({ latencyMs: 100 });
    const started = startCli(evaluate(url, '--concurrency', '2', '--json'), {
      cwd: workspace.folder,
    });
    await written(started, /\nrun \S+: evaluate/);
    await until(() => ledger.paid >= 4);
    started.child.kill('SIGINT');
    const run = await started.done;
    assert.equal(run.exitCode, 130, run.err);
    const { end, run: facts } = run.json<{
      end: { reason: string; resume: string };
      run: { id: string };
    }>();
    assert.equal(end.reason, 'cancelled');
    assert.ok(end.resume.startsWith(`prompt-refiner evaluate --resume ${facts.id}`), end.resume);
    assert.match(run.err, /press Ctrl-C again/);
    assert.ok(ledger.paid < rows);

    await until(() => ledger.inFlight === 0);
    const [recorded, paid] = [recordedAnswers(facts.id), ledger.paid];
    const resumed = await cli(end.resume.split(' ').slice(1));
    assert.equal(resumed.exitCode, 0, resumed.err);
    assert.match(resumed.out, new RegExp(`Rows: ok ${rows}\\.`));
    assert.equal(ledger.paid - paid, rows - recorded, 'only the rest was asked for');
  });

  it('ends at once on the second Ctrl-C', async function () {
    this.timeout(60_000);
    const { url, ledger } = await start({ latencyMs: 60_000 });
    const started = startCli(evaluate(url), { cwd: workspace.folder });
    await until(() => ledger.inFlight > 0);
    started.child.kill('SIGINT');
    await written(started, /press Ctrl-C again/);
    const pressed = Date.now();
    started.child.kill('SIGINT');
    const run = await started.done;
    assert.equal(run.exitCode, 130);
    assert.ok(Date.now() - pressed < 1_000);
  });

  it('goes on after a kill without paying a recorded answer again', async function () {
    this.timeout(60_000);
    const { url, ledger } = await start({ latencyMs: 50 });
    const started = startCli(evaluate(url, '--concurrency', '4'), { cwd: workspace.folder });
    await until(() => ledger.paid >= 12);
    started.child.kill('SIGKILL');
    const killed = await started.done;
    assert.equal(killed.signal, 'SIGKILL');
    await until(() => ledger.inFlight === 0);

    const runId = onlyRun();
    const [recorded, paid] = [recordedAnswers(runId), ledger.paid];
    assert.ok(recorded >= 12 - 4, `${recorded} of ${paid} answers were recorded`);
    const words = ['evaluate', '--resume', runId, '--base-url', url, '--json'];
    const resumed = await cli(words);
    assert.equal(resumed.exitCode, 0, resumed.err);
    assert.equal(ledger.paid - paid, rows - recorded);
    const json = resumed.json<{
      outcomes: { ok: number };
      spending: { task: { calls: number } };
    }>();
    assert.equal(json.outcomes.ok, rows);
    assert.equal(json.spending.task.calls, rows);
  });

  it('finds the same winner after a kill in the middle of a search', async function () {
    this.timeout(60_000);
    writeFileSync(join(workspace.folder, 'tickets.csv'), tickets);
    const { url, ledger } = await start({ latencyMs: 3 });
    const words = evaluate(
      url,
      '--optimizer-model',
      'openai:sim-optimizer',
      '--max-iterations',
      '3',
    );
    words[0] = 'optimize';
    const whole = await cli([...words, '--name', 'whole', '--json']);
    assert.equal(whole.exitCode, 0, whole.err);
    const paidForAll = ledger.paid;

    const started = startCli(words, { cwd: workspace.folder });
    await written(started, /\ntrial 1 /);
    started.child.kill('SIGKILL');
    await started.done;
    await until(() => ledger.inFlight === 0);
    const runId = onlyRun();
    const [recorded, paid] = [recordedAnswers(runId), ledger.paid];
    const resumed = await cli(['optimize', '--resume', runId, '--base-url', url, '--json']);
    assert.equal(resumed.exitCode, 0, resumed.err);
    type Json = { metrics: unknown; winner: unknown; versions: { role: string; number: number }[] };
    const [left, right] = [whole.json<Json>(), resumed.json<Json>()];
    assert.deepEqual(right.metrics, left.metrics);
    assert.deepEqual(right.winner, left.winner);
    assert.deepEqual(
      right.versions.map(({ number }) => number),
      [1, 2],
    );
    assert.equal(ledger.paid - paid, paidForAll - recorded, 'only the rest was asked for');
  });

  it('does not spend in a pipe before it was told that it may', async () => {
    const words = ['evaluate', '--prompt', 'triage.md', '--dataset', 'tickets.csv'];
    const run = await cli([...words, '--metric', 'accuracy', '--model', 'openai:gpt-4o'], {
      OPENAI_API_KEY: 'sk-test',
    });
    assert.equal(run.exitCode, 2, run.err);
    assert.match(run.err, /^Estimate: 40 calls, /);
    assert.match(run.err, /This run may cost .* Add --yes .* Nothing was sent\./);
  });

  it('lists the models of the server with the day on which one is shut down', async () => {
    const { url } = await start({ shutdownDate: '2027-01-14' });
    const run = await cli(['models', '--base-url', url]);
    assert.equal(run.exitCode, 0, run.err);
    assert.match(run.out, /openai:sim-task +http:\/\/127\.0\.0\.1\S* +0 +0\n/);
    assert.match(run.out, /openai:sim-old .* shuts down 2027-01-14/);
  });
});

async function until(condition: () => boolean): Promise<void> {
  const giveUp = Date.now() + 20_000;
  while (!condition()) {
    assert.ok(Date.now() < giveUp, `this did not become true: ${condition}`);
    await new Promise(fulfil => setTimeout(fulfil, 5));
  }
}
