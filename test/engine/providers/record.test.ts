import assert from 'node:assert/strict';
import { setTimeout as after } from 'node:timers/promises';
import type { CallRecord } from '../../../src/engine/core/callRecord.ts';
import type { ModelAnswer, ModelRequest } from '../../../src/engine/core/languageModel.ts';
import { requestKey, withRecord } from '../../../src/engine/providers/record.ts';
import { aModel, answering } from './models.ts';

const request: ModelRequest = { role: 'task', messages: [{ role: 'user', content: 'hello' }] };

describe('The record of paid answers', () => {
  it('has the answer on the disk before anybody uses it', async () => {
    const steps: string[] = [];
    const record = memoryRecord(steps);
    const model = withRecord(
      aModel(() => (steps.push('sent'), answering('a'))),
      record,
    );
    await model.generate(request);
    steps.push('used');
    assert.deepEqual(steps, ['sent', 'settled', 'used']);
  });

  it('pays the same request once and marks the second answer as cached', async () => {
    let sent = 0;
    const model = withRecord(
      aModel(() => ((sent += 1), answering('a'))),
      memoryRecord(),
    );
    assert.equal((await model.generate(request)).usage.cached, undefined);
    assert.equal((await model.generate(request)).usage.cached, true);
    assert.equal(sent, 1);
  });

  it('sends a request that is under way only once', async () => {
    let sent = 0;
    const slow = aModel(async () => ((sent += 1), await after(5), answering('a')));
    const model = withRecord(slow, memoryRecord());
    const answers = await Promise.all([1, 2, 3].map(() => model.generate(request)));
    assert.equal(sent, 1);
    assert.deepEqual(
      answers.map(answer => answer.usage.cached ?? false),
      [false, true, true],
    );
  });

  it('gives an answer of an earlier session its original usage once, so that sums stay true', async () => {
    const record = memoryRecord();
    await withRecord(
      aModel(() => answering('a')),
      record,
    ).generate(request);
    const resumed = withRecord(
      aModel(() => {
        throw new Error('It was paid already.');
      }),
      record,
    );
    assert.equal((await resumed.generate(request)).usage.cached, undefined);
    assert.equal((await resumed.generate(request)).usage.cached, true);
  });

  it('draws anew for another sample, temperature, length, seed or message', () => {
    const model = { id: 'a:b', origin: 'http://one' };
    const keys = [
      requestKey(model, request),
      requestKey({ ...model, id: 'a:c' }, request),
      requestKey({ ...model, origin: 'http://two' }, request),
      requestKey(model, { ...request, sample: 1 }),
      requestKey(model, { ...request, temperature: 0 }),
      requestKey(model, { ...request, maxTokens: 5 }),
      requestKey(model, { ...request, seed: 5 }),
      requestKey(model, { ...request, messages: [{ role: 'system', content: 'hello' }] }),
      requestKey(model, { ...request, messages: [{ role: 'user', content: 'hello ' }] }),
    ];
    assert.equal(new Set(keys).size, keys.length);
    assert.match(keys[0] ?? '', /^[0-9a-f]{64}$/);
  });

  it('does not keep a failure, so that the request can be made again', async () => {
    let fails = true;
    const model = withRecord(
      aModel(() => {
        if (!fails) return answering('a');
        fails = false;
        throw new Error('once');
      }),
      memoryRecord(),
    );
    await assert.rejects(model.generate(request));
    assert.equal((await model.generate(request)).text, 'a');
  });

  it('asks for itself when the caller it waited for was cancelled', async () => {
    const model = withRecord(
      aModel(async (_request, signal) => {
        await after(10, undefined, { signal }).catch(() => undefined);
        const { CancelledError } = await import('../../../src/engine/core/errors.ts');
        if (signal?.aborted) throw new CancelledError();
        return answering('a');
      }),
      memoryRecord(),
    );
    const stop = new AbortController();
    const first = model.generate(request, stop.signal);
    const second = model.generate(request);
    stop.abort();
    await assert.rejects(first, { code: 'cancelled' });
    assert.equal((await second).text, 'a');
  });
});

function memoryRecord(steps: string[] = []): CallRecord {
  const answers = new Map<string, ModelAnswer>();
  return {
    find: key => answers.get(key),
    intend: () => {},
    fail: () => {},
    settle: async (key, answer) => {
      await after(0);
      answers.set(key, answer);
      steps.push('settled');
    },
  };
}
