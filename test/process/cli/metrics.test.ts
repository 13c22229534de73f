import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { startLoopbackServer } from '../../support/loopbackServer.ts';
import { runCli, workspaceWith } from './runCli.ts';
import { firstTickets, prompt, tickets } from './ticketTask.ts';

interface Line {
  readonly name: string;
  readonly value: number;
  readonly count: number;
  readonly shown?: { readonly value: number; readonly direction: string };
}

describe('metrics of a run on the command line', () => {
  let folder: string;
  let remove: () => void;
  const evaluate = (...metrics: string[]) =>
    runCli(
      [
        ...['evaluate', '--prompt', 'triage.md', '--dataset', 'tickets.csv'],
        ...['--model', 'demo:task', '--json'],
        ...metrics.flatMap(metric => ['--metric', metric]),
      ],
      { cwd: folder },
    );
  const lines = (json: unknown): readonly Line[] => (json as { metrics: Line[] }).metrics;

  before(() => {
    ({ folder, remove } = workspaceWith({ 'triage.md': prompt, 'tickets.csv': firstTickets(20) }));
  });
  after(() => remove());

  it('shows an error rate on its own scale, with its direction', async () => {
    const json = await evaluate('cer');
    const [cer] = lines(json.json());
    assert.equal(cer?.shown?.direction, 'lower');
    assert.ok(Math.abs(1 / (1 + cer.shown.value) - cer.value) < 1e-9);
    const text = await runCli(
      [
        ...['evaluate', '--prompt', 'triage.md', '--dataset', 'tickets.csv'],
        ...['--model', 'demo:task', '--metric', 'cer'],
      ],
      { cwd: folder },
    );
    assert.match(text.out, /\ncer \(lower is better\) +\d+\.\d+ +\d+\.\d+ to \d+\.\d+ +20\n/);
  });

  it('prints the confusion matrix of a few labels, also in the report', async () => {
    const words = ['evaluate', '--prompt', 'triage.md', '--dataset', 'tickets.csv'];
    const more = ['--model', 'demo:task', '--metric', 'macro_f1', '--report', 'r.md'];
    const run = await runCli([...words, ...more], { cwd: folder });
    assert.equal(run.exitCode, 0, run.err);
    assert.match(run.out, /\nexpected \\ answered +account +/);
    assert.match(readFileSync(join(folder, 'r.md'), 'utf8'), /## Labels\n\n\| expected/);
  });

  it('prints slices by any column and the rows that lost most, also as JSON', async () => {
    const words = ['evaluate', '--prompt', 'triage.md', '--dataset', 'tickets.csv'];
    words.push('--model', 'demo:task', '--metric', 'accuracy');
    const more = ['--slice', 'label', 'id', '--report', 'slices.md'];
    const run = await runCli([...words, ...more], { cwd: folder });
    assert.equal(run.exitCode, 0, run.err);
    assert.match(run.out, /\nlabel +accuracy\n\w+ +\d\.\d\d \[.*\] n=\d+\n/);
    assert.match(run.out, /\nid +accuracy\nT0/);
    assert.match(run.out, /\nRows that lost most:\nline +score +input +expected +answer\n/);
    const report = readFileSync(join(folder, 'slices.md'), 'utf8');
    assert.match(report, /## By label\n\n\| label \| accuracy \|/);
    const json = (await runCli([...words, ...more, '--json'], { cwd: folder })).json() as {
      confusion: { labels: string[]; counts: number[][]; others: number[] };
      slices: { column: string; value: string | null; rows: number }[];
      worst: { line: number; value: number }[];
    };
    const counted = [...json.confusion.counts.flat(), ...json.confusion.others];
    assert.equal(
      counted.reduce((sum, count) => sum + count, 0),
      20,
    );
    assert.equal(json.slices.filter(({ column }) => column === 'id').length, 20);
    assert.ok(json.worst.length > 0);
    const wrong = await runCli([...words, '--slice', 'nowhere'], { cwd: folder });
    assert.equal(wrong.exitCode, 2);
    assert.match(wrong.err, /there is no column "nowhere"/);
    assert.doesNotMatch(wrong.err, /Estimate/);
  });

  it('scores by a pattern, a file of the workspace, a command and a weighted sum', async () => {
    writeFileSync(
      join(folder, 'score.js'),
      'export default (output, row) => output.includes(row.expected) ? 1 : 0;\n',
    );
    writeFileSync(
      join(folder, 'score.mjs'),
      "import { createInterface } from 'node:readline';\n" +
        'for await (const line of createInterface({ input: process.stdin })) {\n' +
        '  const { output, row } = JSON.parse(line);\n' +
        '  console.log(JSON.stringify({ score: output.includes(row.expected) }));\n' +
        '}\n',
    );
    const run = await evaluate(
      'custom:file=score.js',
      `command:run='${process.execPath}' score.mjs`,
      'regex:pattern=^[a-z]',
      'sum:of=1 accuracy; 1 custom:file=score.js',
    );
    assert.equal(run.exitCode, 0, run.err);
    const [custom, command, regex, sum] = lines(run.json());
    assert.equal(custom?.count, 20);
    assert.equal(custom.value, command?.value);
    assert.ok(regex && sum);
  });

  it('holds the guards of a search, and refuses one that is none before anything is asked', async function () {
    this.timeout(30_000);
    writeFileSync(join(folder, 'all.csv'), tickets);
    const words = ['optimize', '--prompt', 'triage.md', '--dataset', 'all.csv'];
    words.push('--model', 'demo:task', '--metric', 'accuracy', '--max-iterations', '4', '--json');
    const run = await runCli([...words, '--guard', 'cer=0.2', 'length:max=20=0.1'], {
      cwd: folder,
    });
    assert.equal(run.exitCode, 0, run.err);
    const { verdict } = run.json() as {
      verdict: { guards: { metric: string; tolerance: number; verdict: string }[] };
    };
    assert.deepEqual(
      verdict.guards.map(({ metric, tolerance, verdict: held }) => [metric, tolerance, held]),
      [
        ['cer', 0.2, 'held'],
        ['length:max=20', 0.1, 'held'],
      ],
    );
    assert.deepEqual(
      lines(run.json()).map(({ name }) => name),
      ['accuracy', 'cer', 'length:max=20'],
    );
    const wrong = await runCli([...words, '--guard', 'accuracy=much'], { cwd: folder });
    assert.equal(wrong.exitCode, 2);
    assert.match(wrong.err, /no metric called "accuracy=much"/);
  });

  it('measures sets of labels, time and cost, and says how small a difference shows', async () => {
    writeFileSync(
      join(folder, 'sets.csv'),
      'ticket,labels\nbilling,"billing, legal"\nlegal,legal\n',
    );
    const words = ['evaluate', '--prompt', 'triage.md', '--dataset', 'sets.csv'];
    words.push('--labels', 'labels', '--model', 'demo:task', '--json', '--metric', 'label_sets');
    const more = ['label_sets_f1:average=samples', 'latency', 'cost'];
    const run = await runCli([...words, ...more], { cwd: folder });
    assert.equal(run.exitCode, 0, run.err);
    const [sets, f1, latency, cost] = lines(run.json());
    assert.ok(sets && f1 && f1.value >= sets.value);
    assert.equal(latency?.shown?.direction, 'lower');
    assert.ok(latency.shown.value >= 0);
    assert.ok(Math.abs(cost?.shown?.value ?? 1) < 1e-12, 'the demo costs nothing');
    assert.equal((run.json() as { detectable: number }).detectable, 1);
    const text = await runCli(
      words.filter(word => word !== '--json'),
      { cwd: folder },
    );
    assert.match(text.out, /2 rows are too few to show any difference of label_sets/);
    const unpriced = words.with(words.indexOf('demo:task'), 'openai:nobody-knows-this-model');
    const refused = await runCli([...unpriced, '--metric', 'cost'], { cwd: folder });
    assert.equal(refused.exitCode, 2);
    assert.match(refused.err, /price of openai:nobody-knows-this-model is not known, so cost/);
  });

  it('refuses a broken pattern and a file that is not there before anything is asked', async () => {
    for (const [metric, why] of [
      ['regex:pattern=(', /pattern/],
      ['custom:file=nowhere.js', /no file .*nowhere\.js/],
    ] as const) {
      const run = await evaluate(metric);
      assert.equal(run.exitCode, 2, run.out);
      assert.match(run.err, why);
      assert.doesNotMatch(run.err, /Estimate/);
    }
    assert.equal(existsSync(join(folder, '.prompts/triage/runs')), true);
  });

  it('asks the judge that is named, and counts what it used apart from the answers', async () => {
    const server = await startLoopbackServer({});
    try {
      const run = await runCli(
        [
          ...['evaluate', '--prompt', 'triage.md', '--dataset', 'tickets.csv', '--json'],
          ...['--model', 'demo:task', '--base-url', server.url, '--budget-calls', '30'],
          ...['--metric', 'accuracy', '--metric', 'judge:rubric=Is it the right team?'],
          ...['--judge-model', 'openai:sim-task'],
        ],
        { cwd: folder },
      );
      assert.ok(server.ledger.paid > 0, run.err);
      assert.ok(server.ledger.paid <= 30, 'the budget holds for the judge too');
    } finally {
      await server.close();
    }
  });
});
