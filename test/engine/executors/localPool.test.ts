import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Rollout, RolloutJob } from '../../../src/engine/core/rollout.ts';
import { localPool } from '../../../src/engine/executors/localPool.ts';
import { aCandidate, anExample } from '../../support/builders.ts';

function jobs(count: number): RolloutJob[] {
  const candidate = aCandidate('Sort.');
  return Array.from({ length: count }, (_, number) => ({
    id: `job-${number}`,
    candidate,
    example: anExample(number, 'a crate', 'north'),
    split: 'train',
    taskModel: 'scripted:task',
    metrics: ['exact_match'],
  }));
}

function rolloutOf(job: RolloutJob): Rollout {
  return {
    jobId: job.id,
    candidateId: job.candidate.id,
    exampleId: job.example.id,
    outcome: 'ok',
    output: 'north',
    scores: {},
    usage: { calls: 1, inputTokens: 1, outputTokens: 1, estimated: false },
  };
}

async function idsFrom(rollouts: AsyncIterable<Rollout>, into: string[] = []): Promise<string[]> {
  for await (const rollout of rollouts) into.push(rollout.jobId);
  return into;
}

describe('The local pool', () => {
  it('runs every job once', async () => {
    const pool = localPool({ concurrency: 7, perform: async job => rolloutOf(job) });
    const ids = await idsFrom(pool.run(jobs(100)));
    assert.deepEqual(new Set(ids), new Set(jobs(100).map(job => job.id)));
    assert.equal(ids.length, 100);
  });

  it('ends at once where there is nothing to do', async () => {
    const pool = localPool({ concurrency: 2, perform: async job => rolloutOf(job) });
    assert.deepEqual(await idsFrom(pool.run([])), []);
  });

  it('has as many in flight as it may, and never more', async () => {
    let inFlight = 0;
    let most = 0;
    const pool = localPool({
      concurrency: 5,
      perform: async job => {
        inFlight += 1;
        most = Math.max(most, inFlight);
        await pause(1);
        inFlight -= 1;
        return rolloutOf(job);
      },
    });
    await idsFrom(pool.run(jobs(40)));
    assert.equal(most, 5);
  });

  it('yields a job as soon as it is done, whatever was started before it', async () => {
    const pool = localPool({
      concurrency: 3,
      perform: async job => {
        await pause(job.id === 'job-0' ? 30 : 1);
        return rolloutOf(job);
      },
    });
    assert.equal((await idsFrom(pool.run(jobs(3)))).at(-1), 'job-0');
  });

  it('starts no queued job after a cancel, and hands in what was in flight', async () => {
    const controller = new AbortController();
    const started: string[] = [];
    const pool = localPool({
      concurrency: 4,
      perform: async job => {
        started.push(job.id);
        if (started.length === 4) controller.abort();
        await pause(2);
        return rolloutOf(job);
      },
    });
    const ids = await idsFrom(pool.run(jobs(50), controller.signal));
    assert.equal(started.length, 4);
    assert.deepEqual(ids.sort(), started.sort());
  });

  it('passes the cancel on to the jobs in flight, and takes their giving up as no error', async () => {
    const controller = new AbortController();
    const pool = localPool({
      concurrency: 2,
      perform: (_, signal) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(new Error('given up')));
        }),
    });
    setTimeout(() => controller.abort(), 2);
    assert.deepEqual(await idsFrom(pool.run(jobs(9), controller.signal)), []);
  });

  it('does not wait for ever for a job that does not heed the cancel', async () => {
    const controller = new AbortController();
    const pool = localPool({ concurrency: 1, graceMs: 5, perform: () => new Promise(() => {}) });
    setTimeout(() => controller.abort(), 2);
    assert.deepEqual(await idsFrom(pool.run(jobs(3), controller.signal)), []);
  });

  it('does nothing where the cancel came first', async () => {
    const started: string[] = [];
    const pool = localPool({
      concurrency: 2,
      perform: async job => {
        started.push(job.id);
        return rolloutOf(job);
      },
    });
    assert.deepEqual(await idsFrom(pool.run(jobs(3), AbortSignal.abort())), []);
    assert.deepEqual(started, []);
  });

  it('stops the queue at an error, and throws it after the paid answers were handed in', async () => {
    const started: string[] = [];
    const pool = localPool({
      concurrency: 3,
      perform: async job => {
        started.push(job.id);
        if (job.id === 'job-1') throw new Error('no credit');
        await pause(3);
        return rolloutOf(job);
      },
    });
    const seen: string[] = [];
    await assert.rejects(idsFrom(pool.run(jobs(30)), seen), /no credit/);
    assert.deepEqual(seen.sort(), ['job-0', 'job-2']);
    assert.equal(started.length, 3);
  });

  it('leaves nothing running behind a reader that walks away', async () => {
    const started: string[] = [];
    let told = false;
    const pool = localPool({
      concurrency: 2,
      perform: async (job, signal) => {
        started.push(job.id);
        if (job.id !== 'job-0') {
          signal?.addEventListener('abort', () => (told = true));
          await pause(20);
        }
        return rolloutOf(job);
      },
    });
    for await (const rollout of pool.run(jobs(20))) {
      assert.equal(rollout.jobId, 'job-0');
      break;
    }
    const startedThen = started.length;
    await pause(40);
    assert.ok(told);
    assert.equal(started.length, startedThen);
  });
});
