import assert from 'node:assert/strict';
import { CancelledError, ProviderError } from '../../../src/engine/core/errors.ts';
import type { ModelAnswer } from '../../../src/engine/core/languageModel.ts';
import { vertexProvider } from '../../../src/engine/providers/vertex.ts';
import type { GeminiReply, GeminiServer } from './geminiServer.ts';
import { credentials, geminiRequest, startGeminiServer } from './geminiServer.ts';

describe('Asking Gemini on Vertex AI', () => {
  let gemini: GeminiServer;
  before(async () => {
    gemini = await startGeminiServer();
  });
  after(() => gemini.close());

  it('sends system text, turns and limits in the words of Gemini', async () => {
    await gemini.ask({ status: 200, body: answerBody({ parts: [{ text: 'hi' }] }) });
    assert.match(
      gemini.seen().url,
      /\/projects\/p\/locations\/us-central1\/publishers\/google\/models\/gemini-x:generateContent$/,
    );
    assert.deepEqual(gemini.seen().body['contents'], [
      { role: 'user', parts: [{ text: 'Hello' }] },
    ]);
    assert.match(JSON.stringify(gemini.seen().body['systemInstruction']), /Be brief\./);
    assert.deepEqual(gemini.seen().body['generationConfig'], {
      maxOutputTokens: 64,
      temperature: 0,
    });
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
    const error = await gemini.ask({
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
    const error = await gemini.ask({
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
    const error = await gemini.ask({ status: 503, body });
    assert.ok(error instanceof ProviderError);
    assert.equal(error.problem, 'overloaded');
  });

  const piece = (parts: readonly object[], more: object = {}): string =>
    JSON.stringify({ candidates: [{ content: { role: 'model', parts }, ...more }] });

  it('tells the answer while it grows, without the thoughts', async () => {
    const told: string[] = [];
    const pieces = [
      piece([{ text: 'hmm', thought: true }]),
      piece([{ text: 'The ' }]),
      JSON.stringify({
        candidates: [{ content: { parts: [{ text: 'answer' }] }, finishReason: 'STOP' }],
        usageMetadata: { promptTokenCount: 7, candidatesTokenCount: 2 },
      }),
    ];
    const model = gemini.model({ status: 200, body: '', pieces });
    const answer = await model.generate(geminiRequest, undefined, text => told.push(text));
    assert.match(gemini.seen().url, /:streamGenerateContent/);
    assert.deepEqual(told, ['The ', 'The answer']);
    assert.equal(answer.text, 'The answer');
    assert.equal(answer.finish, 'stop');
    assert.deepEqual(answer.usage, {
      calls: 1,
      inputTokens: 7,
      outputTokens: 2,
      estimated: false,
    });
  });

  it('takes a streamed answer that breaks off for none', async () => {
    const pieces = [piece([{ text: 'The ' }]), '{"candidates": [{'];
    const model = gemini.model({ status: 200, body: '', pieces });
    await assert.rejects(
      model.generate(geminiRequest, undefined, () => undefined),
      ProviderError,
    );
  });

  it('names a refused stream as it names a refused answer', async () => {
    const body = JSON.stringify({ error: { code: 404, message: 'No such model.' } });
    const model = gemini.model({ status: 404, body });
    await assert.rejects(
      model.generate(geminiRequest, undefined, () => undefined),
      { problem: 'model-unknown' },
    );
  });

  it('tells nothing more once it is cancelled', async () => {
    const stop = new AbortController();
    const told: string[] = [];
    const pieces = Array.from({ length: 40 }, () => piece([{ text: 'word ' }]));
    const model = gemini.model({ status: 200, body: '', pieces });
    const asked = model.generate(geminiRequest, stop.signal, text => {
      told.push(text);
      stop.abort();
    });
    await assert.rejects(asked, CancelledError);
    await new Promise(resolve => setTimeout(resolve, 200));
    assert.equal(told.length, 1);
  });

  it('stops within 100 ms when it is cancelled', async () => {
    const stop = new AbortController();
    const asked = gemini.model(late).generate(geminiRequest, stop.signal);
    await new Promise(resolve => setTimeout(resolve, 50));
    const cancelledAt = performance.now();
    stop.abort();
    await assert.rejects(asked, CancelledError);
    assert.ok(performance.now() - cancelledAt < 2_000);
  });

  it('gives up on an answer that takes too long', async () => {
    await assert.rejects(gemini.model(late, 50).generate(geminiRequest), {
      problem: 'timeout',
      possiblyPaid: 1,
    });
  });

  it('says what to do where no project is set, and sends nothing', async () => {
    const project = process.env['GOOGLE_CLOUD_PROJECT'];
    delete process.env['GOOGLE_CLOUD_PROJECT'];
    try {
      const provider = vertexProvider({});
      await assert.rejects(
        provider.model('gemini-x').generate(geminiRequest),
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
    await assert.rejects(provider.model('gemini-x').generate(geminiRequest), {
      problem: 'key-missing',
      scope: 'run',
      message: /gcloud auth application-default login/,
    });
  });

  async function answered(reply: GeminiReply): Promise<ModelAnswer> {
    const result = await gemini.ask(reply);
    if (result instanceof Error) throw result;
    return result;
  }
});

function answerBody(content: object, usageMetadata?: object): string {
  return JSON.stringify({ candidates: [{ content, finishReason: 'STOP' }], usageMetadata });
}

const late = { status: 200, body: answerBody({ parts: [{ text: 'hi' }] }), delayMs: 300 };
