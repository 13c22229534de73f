import assert from 'node:assert/strict';
import { setTimeout as after } from 'node:timers/promises';
import { CancelledError, ProviderError } from '../../../src/engine/core/errors.ts';
import type { ProviderProblem } from '../../../src/engine/core/errors.ts';
import type { LanguageModel, ModelRequest } from '../../../src/engine/core/languageModel.ts';
import { withRetry } from '../../../src/engine/providers/retry.ts';
import { aModel, answering } from './models.ts';

const request: ModelRequest = { role: 'task', messages: [{ role: 'user', content: 'hello' }] };

describe('Asking again', () => {
  it('waits one, two, four seconds and so on, at most a minute', async () => {
    const { model, waits } = patient(failing('rate-limit', 8), { random: () => 0.999_999 });
    await model.generate(request);
    const seconds = waits.map(ms => Math.round(ms / 1000));
    assert.deepEqual(seconds, [1, 2, 4, 8, 16, 32, 60, 60]);
  });

  it('spreads waits by half, so that rows do not all come back at one moment', async () => {
    const { model, waits } = patient(failing('overloaded', 1), { random: () => 0 });
    await model.generate(request);
    assert.deepEqual(waits, [500]);
  });

  for (const problem of ['quota', 'key-wrong', 'forbidden', 'model-unknown', 'refused'] as const) {
    it(`never asks twice after ${problem}`, async () => {
      const { model, waits } = patient(failing(problem, 1));
      await assert.rejects(model.generate(request), { problem });
      assert.deepEqual(waits, []);
    });
  }

  it('ends the run when a host cannot be reached three times in a row', async () => {
    const { model, sent } = patient(failing('unreachable', 99));
    await assert.rejects(model.generate(request), (error: ProviderError) => {
      assert.equal(error.scope, 'run');
      assert.match(error.message, /unreachable happened/);
      return true;
    });
    assert.equal(sent(), 3);
  });

  it('ends the run when ten requests in a row found the server down', async () => {
    const { model } = patient(failing('overloaded', 999));
    const scopes: string[] = [];
    for (let asked = 0; asked < 10; asked += 1) {
      await assert.rejects(model.generate(request), (error: ProviderError) => {
        scopes.push(error.scope);
        return true;
      });
    }
    assert.deepEqual(scopes, [...Array<string>(9).fill('row'), 'run']);
  });

  it('holds every request of the model back while a rate limit lasts', async () => {
    let clock = 0;
    const sentAt: number[] = [];
    let refused = false;
    const limited = aModel(() => {
      sentAt.push(clock);
      if (refused) return answering('fine');
      refused = true;
      throw new ProviderError('rate-limit', 'Slow down.', { scope: 'row', retryAfterMs: 30_000 });
    });
    const waits: number[] = [];
    const model = withRetry(limited, {
      now: () => clock,
      random: () => 0,
      onWait: ({ ms }) => waits.push(ms),
      sleep: async ms => {
        await after(1);
        clock = Math.max(clock, ms);
      },
    });
    const first = model.generate(request);
    await after(0);
    await Promise.all([first, model.generate(request), model.generate(request)]);
    assert.equal(sentAt[0], 0);
    assert.ok(
      sentAt.slice(1).every(at => at >= 30_000),
      sentAt.join(' '),
    );
    assert.deepEqual(waits, [30_000]);
  });

  it('says when to resume, and does not wait, where the provider asks for hours', async () => {
    const day = new ProviderError('rate-limit', 'Too many requests.', {
      scope: 'row',
      retryAfterMs: 86_400_000,
    });
    const model = withRetry(
      aModel(() => {
        throw day;
      }),
      { now: () => Date.UTC(2026, 0, 1, 12) },
    );
    await assert.rejects(model.generate(request), {
      scope: 'run',
      remedy: 'resume',
      message:
        'Too many requests. It asks to wait until 2026-01-02 12:00 UTC. Resume the run then.',
    });
  });

  it('counts the requests that may have been billed on the way to the answer', async () => {
    const { model } = patient(failing('timeout', 2, 1));
    assert.equal((await model.generate(request)).usage.possiblyPaid, 2);
  });

  it('counts them also where no answer came', async () => {
    const { model } = patient(failing('timeout', 9, 1));
    await assert.rejects(model.generate(request), { problem: 'timeout', possiblyPaid: 3 });
  });

  it('says why it waits, for what problem, and for whom', async () => {
    const heard: string[] = [];
    const { model } = patient(failing('overloaded', 1), {
      onWait: ({ why, role, problem }) => heard.push(`${role}, ${problem}: ${why}`),
    });
    await model.generate(request);
    assert.deepEqual(heard, ['task, overloaded: overloaded happened.']);
  });

  it('stops within 100 ms when it is cancelled while it waits', async () => {
    const stop = new AbortController();
    const model = withRetry(failing('overloaded', 9).model, { random: () => 0.9 });
    const asked = model.generate(request, stop.signal);
    await after(20);
    const cancelledAt = performance.now();
    stop.abort();
    await assert.rejects(asked, CancelledError);
    assert.ok(performance.now() - cancelledAt < 2_000);
  });

  it('stops within 100 ms when the model itself does not listen', async () => {
    const stop = new AbortController();
    const deaf: LanguageModel = { id: 'test:deaf', generate: () => after(2000, answering('late')) };
    const asked = withRetry(deaf).generate(request, stop.signal);
    const cancelledAt = performance.now();
    stop.abort();
    await assert.rejects(asked, CancelledError);
    assert.ok(performance.now() - cancelledAt < 2_000);
  });

  it('sends nothing when it was cancelled before', async () => {
    const { model, sent } = patient(failing('overloaded', 0));
    await assert.rejects(model.generate(request, AbortSignal.abort()), CancelledError);
    assert.equal(sent(), 0);
  });
});

function failing(problem: ProviderProblem, times: number, possiblyPaid = 0) {
  let sent = 0;
  const model = aModel(() => {
    sent += 1;
    if (sent > times) return answering('fine');
    throw new ProviderError(problem, `${problem} happened.`, { scope: 'row', possiblyPaid });
  });
  return { model, sent: () => sent };
}

function patient(
  { model, sent }: ReturnType<typeof failing>,
  options: Parameters<typeof withRetry>[1] = {},
) {
  const waits: number[] = [];
  let clock = 0;
  const sleep = (ms: number): Promise<void> => {
    waits.push(ms);
    clock += ms;
    return Promise.resolve();
  };
  return { model: withRetry(model, { sleep, now: () => clock, ...options }), waits, sent };
}
