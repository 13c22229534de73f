import assert from 'node:assert/strict';
import { rows, serverTask, type ServerTask } from './ticketTask.ts';

interface Forecast {
  readonly low: number;
  readonly likely: number;
  readonly high: number;
}

describe('a probe of three rows', function () {
  this.timeout(60_000);
  let task: ServerTask;
  beforeEach(() => (task = serverTask()));
  afterEach(() => task.end());

  it('sharpens the estimate, and its answers are not paid again by the run', async () => {
    const { url, ledger } = await task.start({ latencyMs: 50 });
    const estimate = async (...more: string[]) => {
      const run = await task.cli(task.evaluate(url, '--estimate', '--json', ...more));
      assert.equal(run.exitCode, 0, run.err);
      return (run.json() as { estimate: Record<'tokens' | 'minutes', Forecast> }).estimate;
    };
    const before = await estimate();
    assert.equal(ledger.received, 0, 'an estimate alone sends nothing');
    const after = await estimate('--probe');
    assert.equal(ledger.paid, 3);
    const width = ({ low, high }: Forecast): number => high - low;
    assert.ok(width(after.tokens) < width(before.tokens));
    assert.ok(after.minutes.high < before.minutes.high);

    const run = await task.cli(task.evaluate(url, '--probe', '--json'));
    assert.equal(run.exitCode, 0, run.err);
    assert.match(run.err, /A probe first: 3 calls, .* tokens and \$0 at most\./);
    assert.equal(ledger.paid, rows);
    const { inputTokens, outputTokens } = ledger;
    const paid = inputTokens + outputTokens;
    assert.ok(after.tokens.low <= paid && paid <= after.tokens.high, JSON.stringify(after.tokens));
  });

  it('comes out of the budget, and is refused without the cache', async () => {
    const { url, ledger } = await task.start();
    const tight = await task.cli(task.evaluate(url, '--probe', '--budget-calls', '20', '--json'));
    assert.equal(tight.exitCode, 3, tight.err);
    assert.ok(ledger.paid <= 20, `${ledger.paid} calls`);
    const refused = await task.cli(task.evaluate(url, '--probe', '--no-cache'));
    assert.equal(refused.exitCode, 2);
    assert.match(refused.err, /--probe keeps its answers in the cache/);
  });

  it('stops at a wrong key before the run begins', async () => {
    const { url, ledger } = await task.start({ key: 'sk-right-0123456789' });
    const run = await task.cli(task.evaluate(url, '--probe'), { OPENAI_API_KEY: 'sk-wrong-1' });
    assert.equal(run.exitCode, 3, run.err);
    assert.ok(ledger.received <= 3);
  });
});
