import assert from 'node:assert/strict';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository, runCli, workspaceWith } from './runCli.ts';

const prompt = readFileSync(join(repository, 'examples/triage/prompt.md'), 'utf8');
const tickets = readFileSync(join(repository, 'examples/triage/tickets.csv'), 'utf8');
const few = `${tickets.split('\n').slice(0, 31).join('\n')}\n`;

/** Fails where `--json` prints a field that the verb's help does not name. */
async function assertDocumented(verb: string, json: object, cwd: string): Promise<void> {
  const help = await runCli([verb, '--help'], { cwd });
  const [, fields = ''] = /With --json: ([^.]*)\./.exec(help.out) ?? [];
  const named = new Set(['schema', 'verb', 'exitCode', ...(fields.match(/\w+/g) ?? [])]);
  assert.deepEqual(
    Object.keys(json).filter(key => !named.has(key)),
    [],
  );
}

const verbs = ['refine', 'evaluate', 'optimize', 'compare', 'versions', 'models', 'demo'];

describe('the command line', () => {
  const { folder, remove } = workspaceWith({
    'triage.md': prompt,
    'tickets.csv': few,
    'broken.csv': 'ticket,label\n"a,b\n',
    'one.csv': 'ticket,label\nMy invoice is wrong,account\n',
    'empty.md': '\n\n',
    'agent.py':
      'LIMIT = 3\nPROMPT = """Sort the ticket into one of the teams.\nTicket: {ticket}"""\n',
  });
  after(remove);

  const cli = (...words: string[]) => runCli(words, { cwd: folder });
  const onDemo = (...words: string[]) => cli(...words, '--model', 'demo:task');
  const evaluateWords = ['evaluate', '--prompt', 'triage.md', '--dataset', 'tickets.csv'];

  for (const verb of verbs) {
    it(`explains ${verb} with an example and the exit codes`, async () => {
      const run = await cli(verb, '--help');
      assert.equal(run.exitCode, 0);
      assert.match(run.out, new RegExp(`Examples?:\\n.*prompt-refiner ${verb}`));
      assert.match(run.out, /Exit codes:\n {2}0 {4}done\n/);
      assert.match(run.out, /--folder <dir>/);
    });
  }

  const wrongUses: readonly [string, readonly string[], RegExp][] = [
    ['no verb', [], /Usage: prompt-refiner/],
    ['an unknown verb', ['optimise'], /unknown command 'optimise'/],
    ['an unknown flag', ['models', '--fast'], /unknown option '--fast'/],
    ['a number that is none', ['models', '--concurrency', 'many'], /--concurrency is "many", but/],
    ['an address that is none', ['models', '--base-url', 'ftp://x'], /--base-url is "ftp:\/\/x"/],
    ['no prompt', ['evaluate', '--dataset', 'tickets.csv'], /No prompt was named/],
    ['no dataset', ['evaluate', '--prompt', 'triage.md'], /No dataset was named/],
    ['an empty prompt file', ['evaluate', '--prompt', 'empty.md'], /empty\.md holds no prompt/],
    ['a prompt file that is not there', ['evaluate', '--prompt', 'x.md'], /no file x\.md/],
    ['a saved prompt that is not there', ['evaluate', '--prompt', 'nobody'], /"nobody"/],
    ['no metric', [...evaluateWords], /No metric was named; there are .*exact_match/],
    ['an unknown metric', [...evaluateWords, '--metric', 'bleurgh'], /bleurgh/],
    [
      'a missing dataset',
      ['evaluate', '--prompt', 'triage.md', '--dataset', 'x.csv', '--metric', 'accuracy'],
      /x\.csv/,
    ],
    ['a missing column', [...evaluateWords, '--metric', 'accuracy', '--input', 'body'], /"?body"?/],
    [
      'a missing target',
      [...evaluateWords, '--metric', 'accuracy', '--target', 'team'],
      /"?team"?/,
    ],
    [
      'a broken line',
      ['evaluate', '--prompt', 'triage.md', '--dataset', 'broken.csv', '--metric', 'accuracy'],
      /broken\.csv, line 2/,
    ],
    [
      'a search over one row',
      ['optimize', '--prompt', 'triage.md', '--dataset', 'one.csv', '--metric', 'accuracy'],
      /one\.csv has 1 usable row; .* at least 6/,
    ],
    [
      'a prompt beside --resume',
      ['optimize', '--resume', 'x', '--prompt', 'triage.md'],
      /leave out --prompt/,
    ],
    ['a run that is not there', ['optimize', '--resume', 'nothing'], /nothing/],
    [
      'a report into nowhere',
      [...evaluateWords, '--metric', 'accuracy', '--report', 'no/such/r.md'],
      /--report no\/such\/r\.md cannot be written/,
    ],
    ['code without a line', ['refine', 'agent.py'], /agent\.py is code; name the line/],
    ['a line that is not there', ['refine', 'agent.py:99'], /has 3 lines, so there is no line 99/],
    ['--write without a file', ['refine', '--write'], /--write needs a file/],
    ['nothing on standard input', ['refine'], /Standard input is empty/],
    ['a comparison with one version', ['compare', 'triage@1'], /missing required argument 'right'/],
  ];
  for (const [name, words, sentence] of wrongUses) {
    it(`ends with exit code 2 and a sentence on ${name}`, async () => {
      const run = await cli(...words, '--model', 'demo:task');
      assert.equal(run.exitCode, 2, run.err);
      assert.match(run.err, sentence);
      assert.doesNotMatch(run.err, /\n {4}at |fault of prompt-refiner/);
      assert.equal(run.out, '');
    });
  }

  it('says the same in one JSON object for programs', async () => {
    const run = await onDemo(
      ...evaluateWords,
      '--metric',
      'accuracy',
      '--target',
      'team',
      '--json',
    );
    const { schema, verb, exitCode, error } = run.json<Record<string, unknown>>();
    assert.deepEqual({ schema, verb, exitCode }, { schema: 1, verb: 'evaluate', exitCode: 2 });
    assert.match(JSON.stringify(error), /"code":"(?:request|dataset)","message":".*team/);
  });

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
        /^Estimate: [\d,]+ to [\d,]+ calls, .* tokens, \$0\.\nRows: \d+ to learn from/,
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
    writeFileSync(join(folder, 'all.csv'), tickets);
    const run = await onDemo(...words, '--metric', 'accuracy', '--max-iterations', '4', '--json');
    assert.equal(run.exitCode, 0, run.err);
    const json = run.json<{
      metrics: { name: string; before: { count: number }; difference: { low: number } }[];
      verdict: { verdict: string };
      winner: { system: string };
      versions: { role: string; number: number }[];
      spending: Record<string, { calls: number }>;
      end: { reason: string };
    }>();
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
    const { spending, outcomes } = resumed.json<{
      spending: { task: { calls: number } };
      outcomes: { ok: number };
    }>();
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
    const { providers } = (await cli('models', '--json')).json<{
      providers: { provider: string }[];
    }>();
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
    const { before, after, written } = run.json<Record<string, string>>();
    await assertDocumented('refine', run.json(), folder);
    assert.equal(written, true);
    assert.equal(
      readFileSync(join(folder, 'agent.py'), 'utf8'),
      code.replace(before ?? '', after ?? ''),
    );
    const versions = await cli('versions', 'agent.line-2', '--json');
    const saved = versions.json<{ versions: { origin: string; prompt: { system: string } }[] }>();
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
    const locked = workspaceWith({ 'p.md': prompt, 't.csv': few });
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
    const odd = workspaceWith({ '.prompts': 'in the way', 'p.md': prompt, 't.csv': few });
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
    const { spawn } = await import('node:child_process');
    const program = `node ${join(repository, 'src/cli.ts')} --help | head -1`;
    const shell = spawn('bash', ['-o', 'pipefail', '-c', program], { cwd: folder });
    const exitCode = await new Promise(fulfil => shell.on('close', fulfil));
    assert.equal(exitCode, 0);
  });
});
