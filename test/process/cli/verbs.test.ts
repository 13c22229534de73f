import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository, runCli, workspaceWith } from './runCli.ts';
import { firstTickets, prompt, tickets } from './ticketTask.ts';

/** Fails where `--json` prints a field that the verb's help does not name. */
async function assertDocumented(verb: string, json: unknown, cwd: string): Promise<void> {
  const help = await runCli([verb, '--help'], { cwd });
  const [, fields = ''] = /With --json: ([^.]*)\./.exec(help.out) ?? [];
  const named = new Set(['schema', 'verb', 'exitCode', ...(fields.match(/\w+/g) ?? [])]);
  assert.deepEqual(
    Object.keys(json as object).filter(key => !named.has(key)),
    [],
  );
}

describe('the verbs of the command line', () => {
  const { folder, remove } = workspaceWith({
    'triage.md': prompt,
    'tickets.csv': firstTickets(30),
    'all.csv': tickets,
    'agent.py':
      'LIMIT = 3\nPROMPT = """Sort the ticket into one of the teams.\nTicket: {ticket}"""\n',
  });
  after(remove);

  const cli = (...words: string[]) => runCli(words, { cwd: folder });
  const onDemo = (...words: string[]) => cli(...words, '--model', 'demo:task');
  const evaluateWords = ['evaluate', '--prompt', 'triage.md', '--dataset', 'tickets.csv'];

  it('evaluates with the metric table on standard output and plain progress beside it', async () => {
    const run = await onDemo(...evaluateWords, '--metric', 'accuracy', '--metric', 'token_f1');
    assert.equal(run.exitCode, 0, run.err);
    assert.match(
      run.out,
      /^metric +score +95 % interval +rows\naccuracy +0\.\d\d .* 30\ntoken_f1 /,
    );
    assert.match(run.out, /Rows: ok 30\./);
    assert.match(run.err, /^Estimate: 30 calls, /);
    assert.doesNotMatch(run.err + run.out, /\u001B|\r/);
  });

  it('exits with 1 where the target is missed, and writes the report all the same', async () => {
    const words = ['--metric', 'accuracy', '--target-threshold', '1', '--report', 'report.md'];
    const run = await onDemo(...evaluateWords, ...words);
    assert.equal(run.exitCode, 1, run.err);
    assert.match(run.out, /Asked for 1\.00: missed with 0\.\d\d\./);
    const report = readFileSync(join(folder, 'report.md'), 'utf8');
    assert.match(report, /^# Evaluation of triage v1\n/);
    assert.match(report, /## Rows that lost points/);
  });

  it('prints the estimate and stops, without a version or a call', async () => {
    const other = workspaceWith({});
    try {
      const words = ['optimize', '--prompt', 'triage.md', '--dataset', 'tickets.csv'];
      const run = await onDemo(
        ...words,
        '--metric',
        'accuracy',
        '--estimate',
        '--folder',
        other.folder,
      );
      assert.equal(run.exitCode, 0, run.err);
      assert.match(
        run.out,
        /^Estimate: [\d,]+ calls \([\d,]+ to [\d,]+\), .* tokens .*, \$0, .* min.*\.\nRows: \d+ to learn from/,
      );
      const versions = await cli('versions', '--folder', other.folder);
      assert.match(versions.out, /No prompt has been saved/);
    } finally {
      other.remove();
    }
  });

  it('optimizes, saves, lists, prints and compares versions by name', async function () {
    this.timeout(30_000);
    const words = ['optimize', '--prompt', 'triage.md', '--name', 'teams', '--dataset', 'all.csv'];
    const run = await onDemo(...words, '--metric', 'accuracy', '--max-iterations', '4', '--json');
    assert.equal(run.exitCode, 0, run.err);
    const json = run.json() as {
      metrics: { name: string; before: { count: number }; difference: { low: number } }[];
      verdict: { verdict: string };
      winner: { system: string };
      versions: { role: string; number: number }[];
      spending: Record<string, { calls: number }>;
      end: { reason: string };
    };
    assert.equal(json.metrics[0]?.name, 'accuracy');
    assert.equal(json.verdict.verdict, 'better');
    assert.deepEqual(
      json.versions.map(({ role, number }) => `${role} ${number}`),
      ['original 1', 'winner 2'],
    );
    assert.ok((json.spending['optimizer']?.calls ?? 0) > 0);

    await assertDocumented('optimize', json, folder);

    const listed = await cli('versions', 'teams');
    assert.match(listed.out, /@1 +typed +– .*\n@2 +optimized +@1 /);
    const winner = await cli('versions', 'teams@2');
    assert.ok(winner.out.includes(json.winner.system), winner.out);
    const compared = await cli('compare', 'teams@1', 'teams@2');
    const comparison = await cli('compare', 'teams@1', 'teams@2', '--json');
    await assertDocumented('compare', comparison.json(), folder);
    assert.equal(compared.exitCode, 0, compared.err);
    assert.match(compared.out, /System prompt\n[^]*\{\+/);
    assert.match(compared.out, /accuracy +all\.csv, test rows +demo:task .*\+\d/);
    const reported = await cli('compare', 'teams@1', 'teams@2', '--export', 'both.html');
    assert.match(reported.out, /The report is in both\.html\./);
    assert.match(readFileSync(join(folder, 'both.html'), 'utf8'), /<h1>teams v1 and v2<\/h1>/);
    const formless = await cli('compare', 'teams@1', 'teams@2', '--export', 'both.pdf');
    assert.match(formless.err, /use \.md, \.csv, \.html/);
    const unknown = await cli('compare', 'teams@1', 'teams@9');
    assert.equal(unknown.exitCode, 2);
    assert.match(unknown.err, /teams@1, teams@2/);

    const named = await onDemo(
      'evaluate',
      '--prompt',
      'teams@2',
      '--dataset',
      'tickets.csv',
      '--metric',
      'accuracy',
    );
    assert.equal(named.exitCode, 0, named.err);
    assert.match(named.out, /Saved original: teams@2/);
  });

  it('stops at a budget with exit code 3, and goes on with a larger one', async function () {
    this.timeout(30_000);
    const words = ['--metric', 'accuracy', '--budget-calls', '10', '--concurrency', '2'];
    const run = await onDemo(...evaluateWords, ...words);
    assert.equal(run.exitCode, 3, run.err + run.out);
    const [, runId] = /To go on: prompt-refiner evaluate --resume (\S+)/.exec(run.out) ?? [];
    assert.ok(runId, run.out);
    const resumed = await cli('evaluate', '--resume', runId, '--budget-calls', '30', '--json');
    assert.equal(resumed.exitCode, 0, resumed.err);
    await assertDocumented('evaluate', resumed.json(), folder);
    const { spending, outcomes } = resumed.json() as {
      spending: { task: { calls: number } };
      outcomes: { ok: number };
    };
    assert.equal(outcomes.ok, 30);
    assert.equal(spending.task.calls, 30);
    const record = join(folder, '.prompts', 'triage', 'runs', runId, 'calls.jsonl');
    const answers = readFileSync(record, 'utf8').match(/"answer"/g);
    assert.equal(answers?.length, 30, 'a recorded answer was asked for again');
  });

  it('lists the models with their prices and what is a simulation', async () => {
    const run = await cli('models');
    assert.equal(run.exitCode, 0);
    assert.match(run.out, /demo:task +built in \(simulation\) +0 +0 +simulation/);
    const { providers } = (await cli('models', '--json')).json() as {
      providers: { provider: string }[];
    };
    assert.ok(providers.some(({ provider }) => provider === 'openai'));
  });

  it('refines standard input onto standard output, with the reasons beside it', async () => {
    const run = await runCli(['refine', '--model', 'demo:optimizer'], {
      cwd: folder,
      input: prompt,
    });
    assert.equal(run.exitCode, 0, run.err);
    assert.match(run.out, /\{\{ticket\}\}/);
    assert.notEqual(run.out, prompt);
    assert.match(run.err, /^- .*: .*\n/);
    assert.match(run.err, /a simulation, nothing was paid/);
  });

  it('writes a refined prompt into the string it came from, and saves both texts', async () => {
    const code = readFileSync(join(folder, 'agent.py'), 'utf8');
    const run = await onDemo('refine', 'agent.py:2', '--write', '--json');
    assert.equal(run.exitCode, 0, run.err);
    const { before, after, written } = run.json() as Record<string, string>;
    await assertDocumented('refine', run.json(), folder);
    assert.equal(written, true);
    assert.equal(
      readFileSync(join(folder, 'agent.py'), 'utf8'),
      code.replace(before ?? '', after ?? ''),
    );
    const versions = await cli('versions', 'agent.line-2', '--json');
    const saved = versions.json() as { versions: { origin: string; prompt: { system: string } }[] };
    assert.deepEqual(
      saved.versions.map(({ origin, prompt: { system } }) => [origin, system]),
      [
        ['typed', before],
        ['refined', after],
      ],
    );
  });

  it('says where .prompts is read-only, before anything is spent, and loses no refined text', async function () {
    if (process.platform === 'win32') this.skip();
    const locked = workspaceWith({ 'p.md': prompt, 't.csv': firstTickets(30) });
    try {
      chmodSync(locked.folder, 0o555);
      const options = { cwd: locked.folder, withoutRights: true };
      const refine = ['refine', 'p.md', '--write', '--model', 'demo:optimizer'];
      const refined = await runCli(refine, options);
      assert.equal(refined.exitCode, 2, refined.err);
      assert.match(refined.err, /\.prompts.*read-only/);
      assert.match(refined.out, /\{\{ticket\}\}/);
      assert.equal(readFileSync(join(locked.folder, 'p.md'), 'utf8'), prompt);

      const words = ['evaluate', '--prompt', 'p.md', '--dataset', 't.csv', '--metric', 'accuracy'];
      const evaluated = await runCli([...words, '--model', 'demo:task'], options);
      assert.equal(evaluated.exitCode, 2, evaluated.err);
      assert.match(evaluated.err, /\.prompts.*read-only/);
      assert.doesNotMatch(evaluated.err, /\nrun /);
    } finally {
      chmodSync(locked.folder, 0o755);
      locked.remove();
    }
  });

  it('says where a file stands in the place of .prompts', async () => {
    const odd = workspaceWith({
      '.prompts': 'in the way',
      'p.md': prompt,
      't.csv': firstTickets(30),
    });
    try {
      const words = ['evaluate', '--prompt', 'p.md', '--dataset', 't.csv', '--metric', 'accuracy'];
      const run = await runCli([...words, '--model', 'demo:task'], { cwd: odd.folder });
      assert.equal(run.exitCode, 2, run.err);
      assert.match(run.err, /\.prompts.*Move it away/s);
    } finally {
      odd.remove();
    }
  });

  it('is read by a program that stops reading early, without an error', async () => {
    const program = `node ${join(repository, 'src/cli.ts')} --help | head -1`;
    const shell = spawn('bash', ['-o', 'pipefail', '-c', program], { cwd: folder });
    const exitCode = await new Promise(fulfil => shell.on('close', fulfil));
    assert.equal(exitCode, 0);
  });
});
