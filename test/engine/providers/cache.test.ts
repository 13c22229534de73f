import assert from 'node:assert/strict';
import type { AnswerCache, CachedAnswer } from '../../../src/engine/core/answerCache.ts';
import { ProviderError } from '../../../src/engine/core/errors.ts';
import type {
  LanguageModel,
  ModelAnswer,
  ModelRequest,
} from '../../../src/engine/core/languageModel.ts';
import { cacheKey, withCache } from '../../../src/engine/providers/cache.ts';
import { aModel, answering } from './models.ts';

const request: ModelRequest = { role: 'task', messages: [{ role: 'user', content: 'hello' }] };
const price = { inputUsd: 0.25, outputUsd: 0.5 };

function memoryCache(entries = new Map<string, CachedAnswer>()): AnswerCache {
  return {
    find: key => Promise.resolve(entries.get(key)),
    findOrBegin: key => Promise.resolve(entries.get(key) ?? { end: () => undefined }),
    keep: (key, answer) => void entries.set(key, answer),
    damage: () => 0,
    settled: () => Promise.resolve(),
  };
}

function asking(
  cache: AnswerCache,
  answer: () => ModelAnswer | Promise<ModelAnswer>,
  facts: { readonly runId?: string; readonly priced?: boolean } = {},
): LanguageModel {
  const { runId = 'run-1', priced = true } = facts;
  return withCache(aModel(answer), {
    cache,
    runId,
    price: priced ? price : undefined,
    onDamage: () => undefined,
  });
}

const unpaid = (): ModelAnswer => {
  throw new Error('It was paid already.');
};

describe('The cache of answers', () => {
  it('answers a request of another run without asking, and says what that saved', async () => {
    const cache = memoryCache();
    const usage = {
      calls: 1,
      inputTokens: 100,
      outputTokens: 10,
      estimated: false,
      possiblyPaid: 2,
    };
    const paid = { ...answering('blue'), milliseconds: 420, usage: { ...usage, usd: 9 } };
    await asking(cache, () => paid).generate(request);
    const found = await asking(cache, unpaid, { runId: 'run-2' }).generate(request);
    assert.equal(found.text, 'blue');
    assert.equal(found.milliseconds, 420, 'the latency that was measured');
    // At the price of today, and without what went wrong before it.
    assert.deepEqual(found.usage, {
      calls: 1,
      inputTokens: 100,
      outputTokens: 10,
      estimated: false,
      usd: 30,
      cached: true,
    });
    const unpriced = await asking(cache, unpaid, { runId: 'run-2', priced: false }).generate(
      request,
    );
    assert.equal(unpriced.usage.usd, undefined, 'an unknown price stays unknown');
  });

  it('lets an answer that the run itself has paid for keep its cost', async () => {
    const cache = memoryCache();
    await asking(cache, () => answering('blue')).generate(request);
    const found = await asking(cache, unpaid).generate(request);
    assert.equal(found.usage.cached, undefined);
  });

  it('keeps no answer that was cut, none that was refused, and no error', async () => {
    const cache = memoryCache();
    for (const finish of ['cut', 'refused'] as const) {
      await asking(cache, () => ({ ...answering('half'), finish })).generate(request);
    }
    const failing = asking(cache, () => {
      throw new ProviderError('overloaded', 'Too busy.', { scope: 'row' });
    });
    await assert.rejects(failing.generate(request), /Too busy/);
    let sent = 0;
    await asking(cache, () => ((sent += 1), answering('whole'))).generate(request);
    assert.equal(sent, 1);
  });

  it('takes requests for the same only where server, path, model, parameters, text and draw are', () => {
    const model = { id: 'openai:x', origin: 'http://a', endpoint: 'http://a/v1' };
    const keys = [
      cacheKey(model, request),
      cacheKey({ ...model, id: 'openai:y' }, request),
      cacheKey({ ...model, origin: 'http://b' }, request),
      cacheKey({ ...model, endpoint: 'http://a/v2' }, request),
      cacheKey(model, { ...request, temperature: 0 }),
      cacheKey(model, { ...request, maxTokens: 10 }),
      cacheKey(model, { ...request, seed: 1 }),
      cacheKey(model, { ...request, sample: 1 }),
      cacheKey(model, { ...request, messages: [{ role: 'system', content: 'hello' }] }),
      cacheKey(model, { ...request, messages: [{ role: 'user', content: 'hello ' }] }),
    ];
    assert.equal(new Set(keys).size, keys.length);
    assert.equal(cacheKey(model, { ...request, sample: 0, role: 'judge' }), keys[0]);
  });

  it('tells of entries that could not be trusted', async () => {
    const told: number[] = [];
    let damaged = 3;
    const cache = { ...memoryCache(), damage: () => damaged };
    const model = withCache(
      aModel(() => answering('a')),
      {
        cache,
        price,
        runId: 'run-1',
        onDamage: entries => told.push(entries),
      },
    );
    await model.generate(request);
    damaged = 0;
    await model.generate(request);
    assert.deepEqual(told, [3]);
  });
});
