import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** The ways in which a call fails. */
type Fault = 'rate-limit' | 'overloaded' | 'reset' | 'truncated' | 'stall' | 'html';

/** Twenty faults; every fifth call meets one, so a call in a hundred is one of these. */
const faults: readonly Fault[] = [
  ...Array<Fault>(8).fill('rate-limit'),
  ...Array<Fault>(4).fill('overloaded'),
  ...Array<Fault>(3).fill('reset'),
  ...Array<Fault>(2).fill('truncated'),
  ...Array<Fault>(2).fill('stall'),
  'html',
];

/** What a rate limit asks for, in seconds. */
export const retryAfterSeconds = 1;

/** What the server has seen. */
export interface StormLedger {
  requests: number;
  /** Answers that were sent whole. */
  answered: number;
  failed: number;
  mostAtOnce: number;
  /** Requests that came again before the time that their own rate limit allowed. */
  early: number;
  /** Different requests. */
  rows: number;
}

/** A chat-completions server on loopback of which every fifth call fails. */
export interface StormyServer {
  readonly url: string;
  ledger(): StormLedger;
  close(): Promise<void>;
}

/** Starts the server; it answers every request with its digest, after `latencyMs`. */
export async function startStormyServer(latencyMs: number, calm = false): Promise<StormyServer> {
  const allowedAt = new Map<string, number>();
  const ledger = { requests: 0, answered: 0, failed: 0, mostAtOnce: 0, early: 0 };
  let open = 0;

  const server = createServer((request, response) => {
    open += 1;
    ledger.mostAtOnce = Math.max(ledger.mostAtOnce, open);
    response.on('close', () => (open -= 1));
    void answer(request, response);
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const arrived = Date.now();
    const text = await bodyOf(request);
    const key = createHash('sha256').update(text).digest('hex');
    const number = (ledger.requests += 1);
    if (arrived < (allowedAt.get(key) ?? 0)) ledger.early += 1;
    allowedAt.set(key, 0);
    // The step of 7 mixes the kinds: it shares no factor with 20.
    const fault = calm || number % 5 !== 0 ? undefined : faults[((number / 5) * 7) % 20];
    if (latencyMs > 0) await new Promise(resolve => setTimeout(resolve, latencyMs));
    if (fault === undefined) {
      ledger.answered += 1;
      sendJson(response, 200, completion(key.slice(0, 12)));
      return;
    }
    ledger.failed += 1;
    if (fault === 'rate-limit') {
      response.setHeader('retry-after', String(retryAfterSeconds));
      allowedAt.set(key, Date.now() + retryAfterSeconds * 1000);
    }
    fail(fault, response, key);
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('No port was given.');
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    ledger: () => ({ ...ledger, rows: allowedAt.size }),
    close: () =>
      new Promise(resolve => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function fail(fault: Fault, response: ServerResponse, key: string): void {
  switch (fault) {
    case 'rate-limit':
      sendJson(response, 429, {
        error: { message: 'Rate limit reached.', code: 'rate_limit_exceeded' },
      });
      return;
    case 'overloaded':
      sendJson(response, 503, { error: { message: 'Overloaded.' } });
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'truncated': {
      const whole = JSON.stringify(completion(key.slice(0, 12)));
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(whole.slice(0, whole.length / 2));
      return;
    }
    case 'stall':
      // Headers, and then nothing: whoever waits has to give up by itself.
      response.writeHead(200, { 'content-type': 'application/json' });
      response.flushHeaders();
      return;
    case 'html':
      response.writeHead(502, { 'content-type': 'text/html' });
      response.end('<html><body><h1>502 Bad Gateway</h1></body></html>');
  }
}

function completion(content: string): unknown {
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_760_000_000,
    model: 'storm',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 20, completion_tokens: 4, total_tokens: 24 },
  };
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(Buffer.from(piece as Uint8Array));
  return Buffer.concat(pieces).toString('utf8');
}
