import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type {
  LanguageModel,
  ModelAnswer,
  ModelRequest,
} from '../../../src/engine/core/languageModel.ts';
import { vertexProvider } from '../../../src/engine/providers/vertex.ts';

/** What the server answers to the next request. */
export interface GeminiReply {
  readonly status: number;
  readonly body: string;
  readonly delayMs?: number;
  /** Sent as server-sent events, one after the other, in place of `body`. */
  readonly pieces?: readonly string[];
}

/** A server on this machine that stands in for Vertex AI. */
export interface GeminiServer {
  /** The last request. */
  seen(): { readonly url: string; readonly body: Readonly<Record<string, unknown>> };
  model(reply: GeminiReply, totalMs?: number): LanguageModel;
  /** The answer, or the error, that the provider makes of a reply. */
  ask(reply: GeminiReply): Promise<ModelAnswer | Error>;
  close(): Promise<void>;
}

/** A short request with a system text. */
export const geminiRequest: ModelRequest = {
  role: 'task',
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Hello' },
  ],
  maxTokens: 64,
  temperature: 0,
};

/** Starts the server and sends what the package fetches there, until it is closed. */
export async function startGeminiServer(): Promise<GeminiServer> {
  let reply: GeminiReply = { status: 500, body: '{}' };
  let seen = { url: '', body: {} };
  const server = createServer((incoming, response) => {
    let text = '';
    incoming.on('data', piece => (text += String(piece)));
    incoming.on('end', () => {
      seen = { url: incoming.url ?? '', body: JSON.parse(text) as Record<string, unknown> };
      const { status, body, pieces, delayMs = 0 } = reply;
      setTimeout(() => {
        const type = pieces ? 'text/event-stream' : 'application/json';
        response.writeHead(status, { 'content-type': type });
        if (pieces) void tellAll(response, pieces);
        else response.end(body);
      }, delayMs);
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);

  const realFetch = globalThis.fetch;
  const realWarn = console.warn;
  // The package knows https only; this machine's server speaks plain HTTP.
  globalThis.fetch = (url, init) =>
    realFetch(typeof url === 'string' ? url.replace('https://', 'http://') : url, init);
  console.warn = () => undefined;

  const model = (next: GeminiReply, totalMs?: number): LanguageModel => {
    reply = next;
    return vertexProvider({
      project: 'p',
      location: 'us-central1',
      apiEndpoint: `127.0.0.1:${address.port}`,
      googleAuthOptions: credentials(() => Promise.resolve({ token: 'fake' })),
      ...(totalMs === undefined ? {} : { totalMs }),
    }).model('gemini-x');
  };
  return {
    seen: () => seen,
    model,
    ask: async next => {
      try {
        return await model(next).generate(geminiRequest);
      } catch (error) {
        assert.ok(error instanceof Error);
        return error;
      }
    },
    close: async () => {
      globalThis.fetch = realFetch;
      console.warn = realWarn;
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

/** One at a time, so that they cannot come as one. */
async function tellAll(response: ServerResponse, pieces: readonly string[]): Promise<void> {
  for (const piece of pieces) {
    response.write(`data: ${piece}\n\n`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  response.end();
}

/** Credentials that nobody has to log in for. */
export function credentials(getAccessToken: () => Promise<{ token: string }>) {
  type Options = NonNullable<Parameters<typeof vertexProvider>[0]['googleAuthOptions']>;
  return { authClient: { getAccessToken } } as unknown as Options;
}
