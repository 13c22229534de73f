import assert from 'node:assert/strict';
import { storm } from './storm.ts';

const rows = 400;

/** The same with 10,000 rows, and in figures: `node bench/faults.ts`. */
describe('an evaluation of which every fifth call fails', function () {
  this.timeout(240_000);
  this.slow(60_000);

  it('gives every row one outcome, sums that are right, and no request before its time', async () => {
    const { run, server } = await storm({ rows, concurrency: 64, latencyMs: 5 });
    assert.equal(run.ended, 'done');
    assert.equal(run.rollouts, rows);
    assert.equal(run.differentRows, rows);
    const outcomes = Object.values(run.outcomes).reduce((sum, count) => sum + count, 0);
    assert.equal(outcomes, rows);
    assert.ok((run.outcomes['ok'] ?? 0) >= 0.98 * rows, JSON.stringify(run.outcomes));
    assert.equal(run.calls, run.outcomes['ok'], 'an answer is counted once');
    assert.equal(run.tokens, 24 * run.calls);
    assert.equal(server.answered, run.calls, 'no answer was paid twice');
    assert.equal(server.rows, rows);
    assert.ok(server.failed > 0 && server.requests <= 1.3 * rows, JSON.stringify(server));
    assert.deepEqual([run.early, server.early], [0, 0]);
  });
});
