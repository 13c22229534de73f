import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { ModelRequest } from '../../../src/engine/core/languageModel.ts';
import type { KeyLookup } from '../../../src/engine/core/provider.ts';
import { openaiProvider } from '../../../src/engine/providers/openai.ts';
import type { Transport } from '../../../src/engine/providers/transport.ts';

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

  it('gives Azure the key in its own header, and keeps the query of its address', async () => {
    const seen = await sentTo(
      'https://x.openai.azure.com/openai/deployments/d?api-version=2024-10-21',
    );
    assert.match(seen.url, /\/openai\/deployments\/d\/chat\/completions\?api-version=2024-10-21$/);
    assert.equal(seen.headers.get('api-key'), 'k-1');
    assert.equal(seen.headers.get('authorization'), null);
  });

  it('gives every other server the key as a bearer', async () => {
    const seen = await sentTo('https://models.example/v1/');
    assert.equal(seen.url, 'https://models.example/v1/chat/completions');
    assert.equal(seen.headers.get('authorization'), 'Bearer k-1');
    assert.equal(seen.headers.get('api-key'), null);
  });

  it('sends nothing where the key would travel in the clear', async () => {
    await assert.rejects(sentTo('http://models.example/v1'), /http:\/\/ does not hide it/);
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
  response.end(JSON.stringify(completion(content)));
}

function completion(content: string) {
  const message = { role: 'assistant', content };
  return { model: 'm', choices: [{ index: 0, message, finish_reason: 'stop' }] };
}

/** What would be sent to an address, with a key; nothing leaves this machine. */
async function sentTo(baseUrl: string): Promise<{ url: string; headers: Headers }> {
  let seen: { url: string; headers: Headers } | undefined;
  const transport: Transport = (url, init) => {
    seen = { url, headers: new Headers(init.headers) };
    const body = Readable.from([Buffer.from(JSON.stringify(completion('fine')))]);
    return Promise.resolve({ status: 200, headers: new Headers(), body });
  };
  const provider = openaiProvider({ baseUrl, keyFor: () => Promise.resolve('k-1'), transport });
  assert.equal((await provider.model('m').generate(request)).text, 'fine');
  assert.ok(seen);
  return seen;
}
