import assert from 'node:assert/strict';
import { setTimeout as after } from 'node:timers/promises';
import fc from 'fast-check';
import { BudgetError, ProviderError, RequestError } from '../../../src/engine/core/errors.ts';
import type { ModelRequest } from '../../../src/engine/core/languageModel.ts';
import { budgetLedger, withLedger } from '../../../src/engine/providers/ledger.ts';
import { aModel, answering } from './models.ts';

const request: ModelRequest = {
  role: 'task',
  messages: [{ role: 'user', content: 'hello' }],
  maxTokens: 100,
};
// 16 for the chat, 8 for the message, 5 bytes of text, 100 of answer.
const worstTokens = 129;
const price = { inputUsd: 0.000_001, outputUsd: 0.000_002 };

describe('The budget', () => {
  it('sends nothing that could pass the limit of calls', async () => {
    const ledger = budgetLedger({ calls: 2 });
    let sent = 0;
    const model = withLedger(
      aModel(() => ((sent += 1), answering('a'))),
      ledger,
      undefined,
    );
    await model.generate(request);
    await model.generate(request);
    await assert.rejects(model.generate(request), (error: BudgetError) => {
      assert.ok(error instanceof BudgetError);
      assert.equal(error.limit, 'calls');
      assert.match(error.message, /budget of 2 calls \(2 calls spent\)\. Raise it and resume\./);
      return true;
    });
    assert.equal(sent, 2);
  });

  it('reserves the worst case before sending and books the real usage after', async () => {
    const ledger = budgetLedger({ tokens: worstTokens + 14 });
    const model = withLedger(
      aModel(() => answering('a')),
      ledger,
      undefined,
    );
    await model.generate(request);
    assert.equal(ledger.spent().tokens, 15);
    await assert.rejects(model.generate(request), { limit: 'tokens' });
  });

  it('lets a call wait while others under way may give something back', async () => {
    const ledger = budgetLedger({ tokens: worstTokens + 20 });
    const slow = aModel(async () => (await after(5), answering('a')));
    const model = withLedger(slow, ledger, undefined);
    await Promise.all([model.generate(request), model.generate(request)]);
    assert.equal(ledger.spent().calls, 2);
  });

  it('adds the USD of an answer where the price is known', async () => {
    const ledger = budgetLedger({ usd: 1 });
    const { usage } = await withLedger(
      aModel(() => answering('a')),
      ledger,
      price,
    ).generate(request);
    assert.equal(usage.usd, 10 * price.inputUsd + 5 * price.outputUsd);
    assert.equal(ledger.spent().usd, usage.usd);
  });

  it('leaves USD away where the price is not known, instead of saying 0', async () => {
    const model = withLedger(
      aModel(() => answering('a')),
      budgetLedger({ calls: 1 }),
      undefined,
    );
    assert.equal((await model.generate(request)).usage.usd, undefined);
  });

  it('refuses a budget in USD for a model without a price', () => {
    assert.throws(
      () =>
        withLedger(
          aModel(() => answering('a')),
          budgetLedger({ usd: 5 }),
          undefined,
        ),
      (error: Error) =>
        error instanceof RequestError && error.message.includes('price of test:model is not known'),
    );
  });

  it('keeps the part for the final test aside until it is released', async () => {
    const ledger = budgetLedger({ calls: 3 });
    const release = ledger.setAside({ calls: 2 });
    const model = withLedger(
      aModel(() => answering('a')),
      ledger,
      undefined,
    );
    await model.generate(request);
    await assert.rejects(model.generate(request), /2 calls kept for the final test/);
    release();
    release();
    await model.generate(request);
    await model.generate(request);
    await assert.rejects(model.generate(request), BudgetError);
  });

  it('says at once where the budget cannot even hold the final test', () => {
    const ledger = budgetLedger({ calls: 3 });
    assert.throws(() => ledger.setAside({ calls: 4 }), /budget of 3 calls is too small/);
  });

  it('keeps back what is left where an earlier session has spent some of what it kept back', async () => {
    const ledger = budgetLedger({ calls: 5 }, { calls: 3, tokens: 0, usd: 0 });
    const releases = [ledger.setAside({ calls: 1 }), ledger.setAside({ calls: 4 })];
    const model = withLedger(
      aModel(() => answering('a')),
      ledger,
      undefined,
    );
    await assert.rejects(model.generate(request), /3 calls spent, 2 calls kept/);
    for (const release of releases) release();
    await model.generate(request);
    await model.generate(request);
    await assert.rejects(model.generate(request), BudgetError);
  });

  it('counts what earlier sessions of the run have spent', async () => {
    const ledger = budgetLedger({ calls: 5 }, { calls: 5, tokens: 0, usd: 0 });
    const model = withLedger(
      aModel(() => answering('a')),
      ledger,
      undefined,
    );
    await assert.rejects(model.generate(request), BudgetError);
  });

  it('tells the journal of every request before it leaves, and of every one without an answer', async () => {
    const told: unknown[] = [];
    let sent = 0;
    const model = withLedger(
      aModel(() => {
        told.push('sent');
        if ((sent += 1) > 1) return answering('a');
        throw new ProviderError('broken-answer', 'No.', { scope: 'row', possiblyPaid: 1 });
      }),
      budgetLedger({}),
      price,
      {
        send: (_, most) => told.push(most.tokens),
        fail: (_, possiblyPaid) => told.push(`failed, ${possiblyPaid} paid`),
      },
    );
    await assert.rejects(model.generate(request), ProviderError);
    await model.generate(request);
    assert.deepEqual(told, [worstTokens, 'sent', 'failed, 1 paid', worstTokens, 'sent']);
  });

  it('books a failure that may have been billed at its worst case, and any other at nothing', async () => {
    const ledger = budgetLedger({ tokens: 1000 });
    const failWith = (possiblyPaid: number) =>
      withLedger(
        aModel(() => {
          throw new ProviderError('timeout', 'Too late.', { scope: 'row', possiblyPaid });
        }),
        ledger,
        undefined,
      ).generate(request);
    await assert.rejects(failWith(0));
    assert.equal(ledger.spent().tokens, 0);
    await assert.rejects(failWith(1));
    assert.equal(ledger.spent().tokens, worstTokens);
  });

  it('gives a length to requests that have none, where tokens are limited', async () => {
    let asked: number | undefined;
    const model = withLedger(
      aModel(each => ((asked = each.maxTokens), answering('a'))),
      budgetLedger({ tokens: 100_000 }),
      undefined,
    );
    await model.generate({ role: 'task', messages: request.messages });
    assert.equal(asked, 4096);
  });

  for (const wrong of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
    it(`refuses a budget of ${wrong}`, () => {
      assert.throws(() => budgetLedger({ calls: wrong }), RequestError);
    });
  }

  it('stops waiting when it is cancelled', async () => {
    const ledger = budgetLedger({ calls: 1 });
    const model = withLedger(
      aModel(() => after(200, answering('a'))),
      ledger,
      undefined,
    );
    const first = model.generate(request);
    const stop = new AbortController();
    const second = model.generate(request, stop.signal);
    stop.abort();
    await assert.rejects(second, { code: 'cancelled' });
    await first;
  });

  it('is never passed, whatever the calls cost and in whatever order they end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 2000 }),
        fc.array(
          fc.record({
            delay: fc.integer({ min: 0, max: 3 }),
            share: fc.double({ min: 0, max: 1, noNaN: true }),
          }),
          { maxLength: 20 },
        ),
        async (tokens, calls) => {
          const ledger = budgetLedger({ tokens });
          await Promise.allSettled(
            calls.map(({ delay, share }) => {
              const outputTokens = Math.floor(share * 100);
              const model = aModel(async () => {
                await after(delay);
                return answering('a', { inputTokens: 20, outputTokens });
              });
              return withLedger(model, ledger, undefined).generate(request);
            }),
          );
          assert.ok(ledger.spent().tokens <= tokens);
        },
      ),
      { numRuns: 40 },
    );
  });
});
