import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startLoopbackServer, type LoopbackServer } from '../../support/loopbackServer.ts';
import { runCli, workspaceWith } from './runCli.ts';
import { firstTickets, prompt, tickets } from './ticketTask.ts';

interface JudgedRun {
  readonly spending: Readonly<
    Record<'task' | 'judge' | 'total', { calls: number; inputTokens: number; outputTokens: number }>
  >;
  readonly run: { judges: { agreement?: { kappa: number; count: number }; warning?: string }[] };
  readonly metrics: { name: string; value: number; count: number }[];
  readonly outcomes: { ok: number; unscored: number };
}

describe('a judge on the command line', function () {
  this.timeout(60_000);
  let folder: string;
  let remove: () => void;
  let server: LoopbackServer;

  /** Answers that people have judged: 80 right ones, 20 wrong ones, and `slips` verdicts turned. */
  const checked = (slips: number): string => {
    const rows = Array.from({ length: 100 }, (_, at) => {
      const right = at % 5 !== 0;
      const good = at < slips ? !right : right;
      return `question ${at},yes,${right ? 'yes' : 'no'},${good ? 'good' : 'bad'}`;
    });
    return `question,expected,output,human\n${rows.join('\n')}\n`;
  };
  const judge = 'judge:model=openai:sim-judge,rubric=Is it the expected answer?';
  const cli = (...words: string[]) => runCli([...words, '--base-url', server.url], { cwd: folder });
  const check = (file: string, ...more: string[]) =>
    cli(
      ...['judge', '--metric', judge, '--dataset', file, '--answer', 'output'],
      ...['--human', 'human', '--input', 'question', ...more],
    );
  // Calls are counted here, so that none may come from the answers of the test before.
  const evaluate = (...words: string[]) =>
    cli('evaluate', '--prompt', 'triage.md', '--dataset', 'tickets.csv', '--no-cache', ...words);

  before(async () => {
    ({ folder, remove } = workspaceWith({
      'triage.md': prompt,
      'tickets.csv': firstTickets(20),
      'all.csv': tickets,
      'agrees.csv': checked(2),
      'differs.csv': checked(50),
      'few.csv': checked(0).split('\n').slice(0, 21).join('\n'),
      'unlabelled.csv': 'question,expected,output,human\nq,yes,yes,\nr,yes,no,maybe\n',
    }));
    server = await startLoopbackServer();
  });
  after(async () => {
    await server.close();
    remove();
  });

  it('is in the estimate, in the budget and in the spending as a role of its own', async () => {
    const words = ['--model', 'openai:sim-task', '--metric', 'accuracy', '--metric', judge];
    const estimate = await evaluate(...words, '--estimate', '--json');
    const { calls, judge: share } = (
      estimate.json() as {
        estimate: { calls: unknown; judge: { models: string[]; calls: unknown } };
      }
    ).estimate;
    assert.deepEqual(calls, { low: 40, likely: 40, high: 40 });
    assert.deepEqual(share.calls, { low: 20, likely: 20, high: 20 });
    assert.deepEqual(share.models, ['openai:sim-judge']);
    const before = server.ledger.paid;
    const run = await evaluate(...words, '--budget-calls', '100', '--json');
    assert.equal(run.exitCode, 0, run.err);
    const { spending, metrics } = run.json() as JudgedRun;
    assert.equal(spending.task.calls, 20);
    assert.equal(spending.judge.calls, 20);
    assert.equal(spending.total.calls, server.ledger.paid - before);
    assert.equal(metrics[1]?.value, metrics[0]?.value, 'this judge likes what is expected');
  });

  it('asks about a pair in both orders, and counts each call', async () => {
    const pair = judge.replace('judge:', 'judge_pair:');
    const words = ['--model', 'demo:task', '--metric', pair, '--metric', 'accuracy', '--yes'];
    const { spending, metrics } = (await evaluate(...words, '--json')).json() as JudgedRun;
    const right = metrics[1]?.value ?? NaN;
    // Both orders of a right answer are one question, which is paid once.
    assert.equal(spending.judge.calls, 40 - 20 * right);
    // A right answer is a tie with the expected one, though the judge prefers the first of two.
    assert.ok(Math.abs((metrics[0]?.value ?? NaN) - right / 2) < 1e-9);
  });

  it('counts what was paid for a verdict that cannot be read', async () => {
    writeFileSync(join(folder, 'mumble.md'), 'Answer with the word mumble, and {{ticket}}.\n');
    const words = ['evaluate', '--prompt', 'mumble.md', '--dataset', 'mumble.csv', '--yes'];
    writeFileSync(join(folder, 'mumble.csv'), 'ticket,label\nmumble one,x\nmumble two,x\n');
    const metric = ['--metric', judge, '--model', 'demo:task', '--target', 'label', '--json'];
    const run = await cli(...words, ...metric);
    const { spending, outcomes } = run.json() as JudgedRun;
    assert.ok(outcomes.unscored + outcomes.ok === 2 && spending.judge.calls === 2, run.out);
  });

  it('is refused with a budget in USD where its price is not known, before anything is sent', async () => {
    const words = ['evaluate', '--prompt', 'triage.md', '--dataset', 'tickets.csv'];
    words.push('--model', 'demo:task', '--metric', judge, '--budget-usd', '1');
    const run = await runCli(words, { cwd: folder });
    assert.equal(run.exitCode, 2, run.out);
    assert.match(run.err, /price of openai:sim-judge is not known/);
    assert.doesNotMatch(run.err, /rows, accuracy|evaluate triage/);
  });

  it('warns until it was checked against people, and then shows kappa and rows', async () => {
    const words = ['--model', 'demo:task', '--metric', judge, '--yes'];
    const unchecked = await evaluate(...words);
    assert.match(unchecked.err, /never checked against people/);
    assert.match(unchecked.out, /Judge openai:sim-judge\. This judge was never checked/);

    const few = await check('few.csv', '--yes');
    assert.equal(few.exitCode, 1, few.err);
    assert.match(few.out, /checked on 20 rows only/);

    const agrees = await check('agrees.csv', '--yes', '--json');
    assert.equal(agrees.exitCode, 0, agrees.err);
    const { judge: standing, disagreements } = agrees.json() as {
      judge: { agreement: { kappa: number; count: number; rate: number } };
      disagreements: { line: number; good: boolean }[];
    };
    assert.equal(standing.agreement.count, 100);
    assert.equal(standing.agreement.rate, 0.98);
    assert.ok(standing.agreement.kappa > 0.9);
    assert.deepEqual(
      disagreements.map(({ line, good }) => [line, good]),
      [
        [2, true],
        [3, false],
      ],
    );

    const run = await evaluate(...words, '--report', 'r.md', '--json');
    const [shown] = (run.json() as JudgedRun).run.judges;
    assert.deepEqual(shown?.agreement, standing.agreement);
    assert.equal(shown.warning, undefined);
    assert.match(
      readFileSync(join(folder, 'r.md'), 'utf8'),
      /kappa 0\.9\d with people on 100 rows/,
    );
    const text = await evaluate(...words, '--no-cache');
    assert.match(text.out, /\njudge +openai:sim-judge +20 /);

    const differs = await check('differs.csv', '--yes');
    assert.equal(differs.exitCode, 1);
    assert.match(differs.out, /hardly better than chance/);
    assert.match(differs.out, /Where they differ:\nline +judge +person/);
  });

  it('is never shown the answers that it judges as the expected ones', async () => {
    const rows = Array.from(
      { length: 60 },
      (_, at) => `question ${at},yes,${at % 3 ? 'bad' : 'good'}`,
    );
    writeFileSync(join(folder, 'plain.csv'), `question,output,human\n${rows.join('\n')}\n`);
    const run = await check('plain.csv', '--yes', '--json');
    const { agreement } = (run.json() as { judge: { agreement: { rate: number } } }).judge;
    assert.ok(Math.abs(agreement.rate - 40 / 60) < 1e-9, 'this judge likes what is expected');
  });

  it('is told from another one on the same model by its metric', async () => {
    const other = 'judge:model=openai:sim-judge,rubric=Is it a polite answer?';
    assert.equal((await check('agrees.csv', '--yes')).exitCode, 0);
    const words = ['--model', 'demo:task', '--metric', judge, '--metric', other, '--yes'];
    const run = await evaluate(...words, '--json', '--report', 'two.md');
    assert.equal(run.exitCode, 0, run.err);
    assert.ok(run.err.includes(`${other}: This judge was never checked`), run.err);
    const {
      run: facts,
      spending,
      judgeSpending,
    } = run.json() as JudgedRun & {
      judgeSpending: Record<string, { calls: number }>;
    };
    assert.deepEqual(Object.keys(judgeSpending), [judge, other]);
    const parts = Object.values(judgeSpending).map(({ calls }) => calls);
    assert.deepEqual(parts, [20, 20]);
    assert.equal(spending.judge.calls, 40);
    assert.equal(facts.judges[0]?.agreement?.count, 100);
    assert.equal(facts.judges[1]?.agreement, undefined);
    const report = readFileSync(join(folder, 'two.md'), 'utf8');
    for (const metric of [judge, other]) {
      assert.ok(report.includes(`Judge openai:sim-judge (${metric})`), report);
      assert.ok(report.includes(`| – ${metric} | openai:sim-judge | 20 |`), report);
    }
    assert.match(report, /judge:model=openai:sim-judge,rubric=Is it a polite answer\?: /);
    const sum = `sum:of=1 ${judge}; 1 ${other}`;
    const text = await evaluate('--model', 'demo:task', '--metric', sum, '--yes');
    assert.match(text.out, /Judge openai:sim-judge \(Is it the expected answer\?\): kappa/);
    assert.match(
      text.out,
      /Judge openai:sim-judge \(Is it a polite answer\?\)\. This judge was never/,
    );
  });

  it('keeps enough of the budget for the judge of the final look', async () => {
    const words = ['optimize', '--prompt', 'triage.md', '--dataset', 'all.csv'];
    words.push('--model', 'demo:task', '--optimizer-model', 'demo:optimizer', '--json');
    const run = await cli(...words, '--metric', judge, '--budget-calls', '900');
    assert.ok(run.exitCode === 0 || run.exitCode === 3, run.err);
    const { spending, verdict } = run.json() as JudgedRun & { verdict?: unknown };
    assert.ok(spending.total.calls <= 900);
    assert.ok(verdict, 'both prompts were judged on the test rows');
    const tight = await cli(...words, '--metric', judge, '--budget-calls', '400');
    assert.equal(tight.exitCode, 2);
    assert.match(tight.err, /judging the result takes up to 420 calls/);
  });

  it('is not checked without verdicts, without a judge, or unasked for money', async () => {
    const none = await check('unlabelled.csv', '--yes');
    assert.equal(none.exitCode, 2);
    assert.match(none.err, /No row of unlabelled\.csv has a verdict in "human"/);
    const wrong = await cli(
      ...['judge', '--metric', 'accuracy', '--dataset', 'few.csv'],
      ...['--answer', 'output', '--human', 'human', '--input', 'question'],
    );
    assert.match(wrong.err, /accuracy asks no judge/);
    const words = ['judge', '--metric', judge, '--dataset', 'few.csv', '--answer', 'output'];
    words.push('--human', 'human', '--input', 'question');
    const unpaid = await runCli(words, { cwd: folder });
    assert.equal(unpaid.exitCode, 2);
    assert.match(unpaid.err, /Add --yes to go on/);
  });
});
