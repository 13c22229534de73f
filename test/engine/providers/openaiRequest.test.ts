import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ModelRequest } from '../../../src/engine/core/languageModel.ts';
import type { KeyLookup } from '../../../src/engine/core/provider.ts';
import { openaiProvider } from '../../../src/engine/providers/openai.ts';

const noKey: KeyLookup = () => Promise.resolve(undefined);
const request: ModelRequest = {
  role: 'task',
  messages: [{ role: 'user', content: 'Say something.' }],
  maxTokens: 20,
};

describe('What is sent to an OpenAI-compatible server', () => {
  const running: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const server of running.splice(0)) await server.close();
  });

  it('learns that a model wants max_completion_tokens and no temperature, for all its rows', async () => {
    const bodies: Record<string, unknown>[] = [];
    const url = await answeringServer((body, response) => {
      bodies.push(body);
      if ('max_tokens' in body) {
        return refuse(
          response,
          "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        );
      }
      if ('temperature' in body) {
        return refuse(
          response,
          "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.",
        );
      }
      complete(response, 'fine');
    });
    const model = openaiProvider({ baseUrl: url, keyFor: noKey }).model('reasoner');
    const asked = { ...request, temperature: 0 };
    const both = await Promise.all([model.generate(asked), model.generate(asked)]);
    assert.deepEqual(
      both.map(answer => answer.text),
      ['fine', 'fine'],
    );
    const before = bodies.length;
    await model.generate(asked);
    assert.equal(bodies.length, before + 1);
    assert.equal(bodies.at(-1)?.['max_completion_tokens'], 20);
    assert.equal('temperature' in (bodies.at(-1) ?? {}), false);
  });

  it('passes temperature, length and seed on as they are asked', async () => {
    let seen: Record<string, unknown> = {};
    const url = await answeringServer((body, response) => {
      seen = body;
      complete(response, 'fine');
    });
    const model = openaiProvider({ baseUrl: url, keyFor: noKey }).model('m');
    await model.generate({ ...request, temperature: 0.5, seed: 7 });
    const { temperature, max_tokens, seed, model: name, messages } = seen;
    assert.deepEqual(
      { temperature, max_tokens, seed, name },
      { temperature: 0.5, max_tokens: 20, seed: 7, name: 'm' },
    );
    assert.deepEqual(messages, request.messages);
  });

  it('sends no header that tells about the person or the machine but the client’s own', async () => {
    let headers: IncomingMessage['headers'] = {};
    const url = await answeringServer((_body, response, incoming) => {
      headers = incoming.headers;
      complete(response, 'fine');
    });
    process.env['OPENAI_ORG_ID'] = 'org-secret';
    try {
      await openaiProvider({ baseUrl: url, keyFor: noKey }).model('m').generate(request);
    } finally {
      delete process.env['OPENAI_ORG_ID'];
    }
    assert.equal(headers['openai-organization'], undefined);
    assert.equal(headers.cookie, undefined);
  });

  async function answeringServer(
    answer: (
      body: Record<string, unknown>,
      response: ServerResponse,
      request: IncomingMessage,
    ) => void,
  ): Promise<string> {
    const server = createServer((incoming, response) => {
      let text = '';
      incoming.on('data', piece => (text += String(piece)));
      incoming.on('end', () =>
        answer(JSON.parse(text) as Record<string, unknown>, response, incoming),
      );
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    running.push({
      close: () =>
        new Promise(resolve => {
          server.closeAllConnections();
          server.close(() => resolve());
        }),
    });
    const address = server.address();
    assert.ok(typeof address === 'object' && address !== null);
    return `http://127.0.0.1:${address.port}/v1`;
  }
});

function refuse(response: ServerResponse, message: string): void {
  response.writeHead(400, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { message, type: 'invalid_request_error' } }));
}

function complete(response: ServerResponse, content: string): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(
    JSON.stringify({
      model: 'm',
      choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    }),
  );
}
