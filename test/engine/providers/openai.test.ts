import assert from 'node:assert/strict';
import type { ProviderError } from '../../../src/engine/core/errors.ts';
import { CancelledError } from '../../../src/engine/core/errors.ts';
import type { ModelRequest } from '../../../src/engine/core/languageModel.ts';
import type { KeyLookup } from '../../../src/engine/core/provider.ts';
import { openaiProvider } from '../../../src/engine/providers/openai.ts';
import { withRetry } from '../../../src/engine/providers/retry.ts';
import type { LoopbackOptions, LoopbackServer } from '../../support/loopbackServer.ts';
import { startLoopbackServer } from '../../support/loopbackServer.ts';

const noKey: KeyLookup = () => Promise.resolve(undefined);
const request: ModelRequest = {
  role: 'task',
  messages: [
    { role: 'system', content: 'Answer with one word only, one of: yes, no' },
    { role: 'user', content: 'I would say yes to that.' },
  ],
  maxTokens: 20,
};

describe('Asking an OpenAI-compatible server', () => {
  const running: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const server of running.splice(0)) await server.close();
  });

  it('gets text, usage, the way it finished and the name of the model', async () => {
    const server = await start();
    const answer = await openaiProvider({ baseUrl: server.url, keyFor: noKey })
      .model('sim-task')
      .generate(request);
    assert.equal(answer.text, 'yes');
    assert.equal(answer.finish, 'stop');
    assert.equal(answer.model, 'sim-task');
    assert.deepEqual(answer.usage, {
      calls: 1,
      inputTokens: server.ledger.inputTokens,
      outputTokens: 1,
      estimated: false,
    });
  });

  it('sends no authorization where there is no key', async () => {
    const server = await start();
    await openaiProvider({ baseUrl: server.url, keyFor: noKey })
      .model('sim-task')
      .generate(request);
    assert.equal(server.ledger.lastAuthorization, undefined);
  });

  it('looks the key up for exactly the origin, and sends it there', async () => {
    const server = await start({ key: 'k-1' });
    const asked: string[] = [];
    const keyFor: KeyLookup = (provider, origin) => {
      asked.push(`${provider} ${origin}`);
      return Promise.resolve('k-1');
    };
    await openaiProvider({ baseUrl: server.url, keyFor }).model('sim-task').generate(request);
    assert.deepEqual(asked, [`openai ${new URL(server.url).origin}`]);
    assert.equal(server.ledger.lastAuthorization, 'Bearer k-1');
  });

  it('tells a missing key from a wrong one', async () => {
    const server = await start({ key: 'k-1' });
    const without = openaiProvider({ baseUrl: server.url, keyFor: noKey });
    await assert.rejects(without.model('sim-task').generate(request), {
      problem: 'key-missing',
      scope: 'run',
      remedy: 'set-key',
    });
    const wrong = openaiProvider({ baseUrl: server.url, keyFor: () => Promise.resolve('k-2') });
    await assert.rejects(wrong.model('sim-task').generate(request), (error: ProviderError) => {
      assert.equal(error.problem, 'key-wrong');
      assert.doesNotMatch(error.message, /k-2/);
      return true;
    });
  });

  it('uses a key that was entered after the first request failed', async () => {
    const server = await start({ key: 'k-1' });
    const keys: string[] = [];
    const model = openaiProvider({
      baseUrl: server.url,
      keyFor: () => Promise.resolve(keys[0]),
    }).model('sim-task');
    await assert.rejects(model.generate(request), { problem: 'key-missing' });
    keys.push('k-1');
    assert.equal((await model.generate(request)).text, 'yes');
  });

  it('asks for a key for OpenAI itself before anything is sent', async () => {
    const provider = openaiProvider({ baseUrl: 'https://api.openai.com/v1', keyFor: noKey });
    await assert.rejects(provider.model('m').generate(request), { problem: 'key-missing' });
    const listing = await provider.list();
    assert.deepEqual(listing.models, []);
    assert.match(listing.problem ?? '', /No key for OpenAI/);
  });

  it('lists the models of the server, with the day on which one of them is shut down', async () => {
    const server = await start({ shutdownDate: '2027-01-31' });
    const { models } = await openaiProvider({ baseUrl: server.url, keyFor: noKey }).list();
    assert.deepEqual(
      models.map(model => [model.id, model.origin, model.shutdownDate]),
      [
        ['openai:sim-task', server.url, undefined],
        ['openai:sim-optimizer', server.url, undefined],
        ['openai:sim-old', server.url, '2027-01-31'],
      ],
    );
    assert.deepEqual(models[0]?.price, { inputUsd: 0, outputUsd: 0 });
  });

  it('says in a sentence why a server offers nothing', async () => {
    for (const [baseUrl, sentence] of [
      ['http://127.0.0.1:9/v1', /cannot be reached|broke/],
      ['not a url', /is not a base URL/],
      ['http://u:p@127.0.0.1:9/v1', /user name or password/],
    ] as const) {
      const listing = await openaiProvider({ baseUrl, keyFor: noKey }).list();
      assert.deepEqual(listing.models, []);
      assert.match(listing.problem ?? '', sentence);
    }
  });

  it('names the host and the remedy when nothing listens there', async () => {
    const server = await startLoopbackServer();
    await server.close();
    const model = withRetry(openaiProvider({ baseUrl: server.url, keyFor: noKey }).model('m'), {
      sleep: () => Promise.resolve(),
    });
    await assert.rejects(model.generate(request), (error: ProviderError) => {
      assert.equal(error.problem, 'unreachable');
      assert.equal(error.scope, 'run');
      assert.match(
        error.message,
        /http:\/\/127\.0\.0\.1:\d+ cannot be reached.*is the server running/,
      );
      return true;
    });
  });

  it('says that an unknown model is unknown', async () => {
    const server = await start();
    const model = openaiProvider({ baseUrl: server.url, keyFor: noKey }).model('gpt-x');
    await assert.rejects(model.generate(request), { problem: 'model-unknown', scope: 'run' });
  });

  it('marks an answer that its length limit ended', async () => {
    const server = await start();
    const model = openaiProvider({ baseUrl: server.url, keyFor: noKey }).model('sim-task');
    const messages = [{ role: 'user', content: 'one two three four five six' }] as const;
    const answer = await model.generate({ role: 'task', messages, maxTokens: 2 });
    assert.equal(answer.finish, 'cut');
  });

  it('stops within 100 ms when it is cancelled, and closes the connection', async () => {
    const server = await start({ latencyMs: 5000 });
    const stop = new AbortController();
    const model = openaiProvider({ baseUrl: server.url, keyFor: noKey }).model('sim-task');
    const asked = model.generate(request, stop.signal);
    while (server.ledger.inFlight === 0) await new Promise(resolve => setTimeout(resolve, 2));
    const cancelledAt = performance.now();
    stop.abort();
    await assert.rejects(asked, CancelledError);
    assert.ok(performance.now() - cancelledAt < 2_000);
  });

  it('gets every row through rate limits and server errors, and no row twice', async () => {
    const server = await start({ rateLimited: 0.1, failing: 0.1, retryAfter: 0 });
    const model = withRetry(
      openaiProvider({ baseUrl: server.url, keyFor: noKey }).model('sim-task'),
      { sleep: () => Promise.resolve() },
    );
    const answers = await Promise.all(Array.from({ length: 60 }, () => model.generate(request)));
    assert.ok(answers.every(answer => answer.text === 'yes'));
    assert.equal(server.ledger.paid, 60);
    assert.ok(server.ledger.rateLimited > 0 && server.ledger.failed > 0);
  });

  async function start(options?: LoopbackOptions): Promise<LoopbackServer> {
    const server = await startLoopbackServer(options);
    running.push(server);
    return server;
  }
});
