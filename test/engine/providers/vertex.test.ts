import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { CancelledError, ProviderError } from '../../../src/engine/core/errors.ts';
import type { ProviderProblem } from '../../../src/engine/core/errors.ts';
import type { ModelAnswer, ModelRequest } from '../../../src/engine/core/languageModel.ts';
import { vertexProvider } from '../../../src/engine/providers/vertex.ts';

const request: ModelRequest = {
  role: 'task',
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Hello' },
  ],
  maxTokens: 64,
  temperature: 0,
};
const recorded = join(import.meta.dirname, '../../../../shared/data/provider/gemini-firebase');

/** What recorded answers with "failure" in their names come to. */
const failures: readonly (readonly [RegExp, ProviderProblem | 'refused answer' | 'answer'])[] = [
  [/unknown-enum-finish-reason/, 'answer'],
  [/safety|blocked|only-prompt-feedback/, 'refused answer'],
  [/api-key/, 'key-wrong'],
  [/not-enabled|permission-denied|user-location|http-error/, 'forbidden'],
  [/unknown-model|model-not-found/, 'model-unknown'],
  [/quota-exceeded/, 'quota'],
  [/invalid-location/, 'not-a-provider'],
  [/context-cache-not-found/, 'not-a-provider'],
  [/context-cache|image-rejected/, 'bad-request'],
  [/empty-content|malformed-content|invalid-response|message-no-content/, 'broken-answer'],
];

/** Recorded successes of other kinds of requests: calls of functions, counts of tokens. */
const withoutText =
  /function-call-(?!mixed)|image-invalid|token-response|total-tokens|billable|empty-text-part/;

describe('Asking Gemini on Vertex AI', () => {
  const realFetch = globalThis.fetch;
  const realWarn = console.warn;
  let server: Server;
  let reply: { status: number; body: string; delayMs?: number };
  let seen: { url: string; body: Record<string, unknown> };

  before(async () => {
    server = createServer((incoming, response) => {
      let text = '';
      incoming.on('data', piece => (text += String(piece)));
      incoming.on('end', () => {
        seen = { url: incoming.url ?? '', body: JSON.parse(text) as Record<string, unknown> };
        setTimeout(() => {
          response.writeHead(reply.status, { 'content-type': 'application/json' });
          response.end(reply.body);
        }, reply.delayMs ?? 0);
      });
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    // The package knows https only; this machine's server speaks plain HTTP.
    globalThis.fetch = (url, init) => realFetch(String(url).replace('https://', 'http://'), init);
    console.warn = () => undefined;
  });
  after(async () => {
    globalThis.fetch = realFetch;
    console.warn = realWarn;
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });

  it('sends system text, turns and limits in the words of Gemini', async () => {
    await ask({ status: 200, body: answerBody({ parts: [{ text: 'hi' }] }) });
    assert.match(
      seen.url,
      /\/projects\/p\/locations\/us-central1\/publishers\/google\/models\/gemini-x:generateContent$/,
    );
    assert.deepEqual(seen.body['contents'], [{ role: 'user', parts: [{ text: 'Hello' }] }]);
    assert.match(JSON.stringify(seen.body['systemInstruction']), /Be brief\./);
    assert.deepEqual(seen.body['generationConfig'], { maxOutputTokens: 64, temperature: 0 });
  });

  it('reads text and usage, and leaves thoughts out of the text but in the bill', async () => {
    const answer = await answered({
      status: 200,
      body: answerBody(
        { parts: [{ text: 'hmm', thought: true }, { text: 'four' }] },
        { promptTokenCount: 7, candidatesTokenCount: 1, thoughtsTokenCount: 20 },
      ),
    });
    assert.equal(answer.text, 'four');
    assert.deepEqual(answer.usage, {
      calls: 1,
      inputTokens: 7,
      outputTokens: 21,
      estimated: false,
    });
  });

  it('marks an answer that its length limit ended', async () => {
    const body = JSON.stringify({
      candidates: [{ content: { parts: [{ text: 'The ans' }] }, finishReason: 'MAX_TOKENS' }],
    });
    const answer = await answered({ status: 200, body });
    assert.equal(answer.finish, 'cut');
    assert.equal(answer.usage.estimated, true);
  });

  it('reads the wait that stands in the body of a rate limit', async () => {
    const error = await ask({
      status: 429,
      body: JSON.stringify({
        error: {
          code: 429,
          message: 'Resource exhausted.',
          status: 'RESOURCE_EXHAUSTED',
          details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.4s' }],
        },
      }),
    });
    assert.ok(error instanceof ProviderError);
    assert.equal(error.problem, 'rate-limit');
    assert.equal(error.retryAfterMs, 34_400);
  });

  it('stops at once for a quota of the day', async () => {
    const violations = [{ quotaId: 'GenerateRequestsPerDayPerProjectPerModel' }];
    const details = [{ '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations }];
    const error = await ask({
      status: 429,
      body: JSON.stringify({ error: { code: 429, message: 'Quota exceeded.', details } }),
    });
    assert.ok(error instanceof ProviderError);
    assert.equal(error.problem, 'quota');
    assert.equal(error.scope, 'run');
  });

  it('asks again after a server error', async () => {
    const body = JSON.stringify({
      error: { code: 503, message: 'Overloaded.', status: 'UNAVAILABLE' },
    });
    const error = await ask({ status: 503, body });
    assert.ok(error instanceof ProviderError);
    assert.equal(error.problem, 'overloaded');
  });

  it('stops within 100 ms when it is cancelled', async () => {
    const stop = new AbortController();
    reply = { status: 200, body: answerBody({ parts: [{ text: 'hi' }] }), delayMs: 300 };
    const asked = model().generate(request, stop.signal);
    await new Promise(resolve => setTimeout(resolve, 50));
    const cancelledAt = performance.now();
    stop.abort();
    await assert.rejects(asked, CancelledError);
    assert.ok(performance.now() - cancelledAt < 100);
  });

  it('gives up on an answer that takes too long', async () => {
    reply = { status: 200, body: answerBody({ parts: [{ text: 'hi' }] }), delayMs: 300 };
    await assert.rejects(model(50).generate(request), { problem: 'timeout', possiblyPaid: 1 });
  });

  it('says what to do where no project is set, and sends nothing', async () => {
    const project = process.env['GOOGLE_CLOUD_PROJECT'];
    delete process.env['GOOGLE_CLOUD_PROJECT'];
    try {
      const provider = vertexProvider({});
      await assert.rejects(
        provider.model('gemini-x').generate(request),
        /Name a Google Cloud project/,
      );
      assert.match((await provider.list()).problem ?? '', /gcloud auth application-default login/);
    } finally {
      if (project !== undefined) process.env['GOOGLE_CLOUD_PROJECT'] = project;
    }
  });

  it('says how to log in where the credentials do not work', async () => {
    const provider = vertexProvider({
      project: 'p',
      googleAuthOptions: credentials(() => Promise.reject(new Error('no'))),
    });
    await assert.rejects(provider.model('gemini-x').generate(request), {
      problem: 'key-missing',
      scope: 'run',
      message: /gcloud auth application-default login/,
    });
  });

  describe('with recorded answers', () => {
    const folders = existsSync(recorded) ? ['vertexai', 'googleai'] : [];
    if (folders.length === 0) {
      it('are skipped: ../shared/data is not on this machine', function () {
        this.skip();
      });
    }
    for (const folder of folders) {
      for (const name of readdirSync(join(recorded, folder)).filter(file =>
        file.startsWith('unary-'),
      )) {
        it(`${folder}/${name} comes to ${expectedOf(name)}`, async () => {
          const body = readFileSync(join(recorded, folder, name), 'utf8');
          const code = /"code":\s*(\d{3})/.exec(body)?.[1];
          const status = name.endsWith('.html') ? 404 : code ? Number(code) : 200;
          const result = await ask({ status, body });
          assert.equal(
            outcomeOf(result),
            expectedOf(name),
            result instanceof Error ? result.message : '',
          );
        });
      }
    }
  });

  async function answered(next: typeof reply): Promise<ModelAnswer> {
    const result = await ask(next);
    if (result instanceof Error) throw result;
    return result;
  }

  async function ask(next: typeof reply): Promise<ModelAnswer | Error> {
    reply = next;
    try {
      return await model().generate(request);
    } catch (error) {
      assert.ok(error instanceof Error);
      return error;
    }
  }

  function model(totalMs?: number) {
    const address = server.address();
    assert.ok(typeof address === 'object' && address !== null);
    return vertexProvider({
      project: 'p',
      location: 'us-central1',
      apiEndpoint: `127.0.0.1:${address.port}`,
      googleAuthOptions: credentials(() => Promise.resolve({ token: 'fake' })),
      ...(totalMs === undefined ? {} : { totalMs }),
    }).model('gemini-x');
  }
});

function expectedOf(name: string): string {
  if (name.includes('success')) return withoutText.test(name) ? 'broken-answer' : 'answer';
  return failures.find(([pattern]) => pattern.test(name))?.[1] ?? 'not in the list';
}

function outcomeOf(result: ModelAnswer | Error): string {
  if (result instanceof ProviderError) return result.problem;
  if (result instanceof Error) return String(result);
  return result.finish === 'refused' ? 'refused answer' : 'answer';
}

function answerBody(content: object, usageMetadata?: object): string {
  return JSON.stringify({ candidates: [{ content, finishReason: 'STOP' }], usageMetadata });
}

function credentials(getAccessToken: () => Promise<{ token: string }>) {
  type Options = NonNullable<Parameters<typeof vertexProvider>[0]['googleAuthOptions']>;
  return { authClient: { getAccessToken } } as unknown as Options;
}
