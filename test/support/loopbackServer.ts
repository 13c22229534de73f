import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text as wholeText } from 'node:stream/consumers';
import { isChatRequest, type ChatRequest } from './chatRequest.ts';
import { simulateVerdict } from './simulateVerdict.ts';
import { streamWords } from './streamWords.ts';
import { simulateAnswer } from '../../src/engine/providers/demo/simulateAnswer.ts';

/** How the server behaves; by default it answers at once and wants no key. */
export interface LoopbackOptions {
  readonly latencyMs?: number;
  /** Answers 401 to everything that does not carry this key. */
  readonly key?: string;
  /** Share of requests, 0..1, that are answered with 429 and `retry-after: retryAfter`. */
  readonly rateLimited?: number;
  /** Seconds. */
  readonly retryAfter?: number;
  /** Share of requests, 0..1, that are answered with 500. */
  readonly failing?: number;
  /** Answers 400 to every request that holds this text. */
  readonly refused?: string;
  /** Milliseconds between the words of an answer that is asked for as a stream; none are streamed where absent. */
  readonly wordMs?: number;
  /** Texts to answer with in place of the simulation, one a request; the last one stays. */
  readonly answers?: readonly string[];
  /** The answer to a request, by its body; undefined where the simulation is to answer. */
  answerTo?(request: ChatRequest): string | undefined;
  /** ISO date that the list of models gives for `sim-old`. */
  readonly shutdownDate?: string;
  /** Holds a request back: it is answered when this has resolved. */
  held?(): Promise<void>;
  /** Told of every request that is answered with a completion, by its body. */
  onPaid?(body: string): void;
}

/** What the server has seen. */
export interface RequestLedger {
  /** Requests for an answer, refused ones included. */
  received: number;
  /** Requests that were answered with a completion. */
  paid: number;
  inFlight: number;
  mostInFlight: number;
  rateLimited: number;
  failed: number;
  inputTokens: number;
  outputTokens: number;
  /** The `authorization` header of the last request, if it had one. */
  lastAuthorization?: string;
}

/** A running server. */
export interface LoopbackServer {
  /** Base URL for the client: `http://127.0.0.1:PORT/v1`. */
  readonly url: string;
  readonly ledger: RequestLedger;
  close(): Promise<void>;
}

/**
 * Starts an OpenAI-compatible server on 127.0.0.1 whose models, `sim-task` and `sim-optimizer`,
 * are the simulation of the demo; `sim-judge` likes answers that are the expected one. It speaks HTTP and nothing else to whoever asks it.
 */
export async function startLoopbackServer(options: LoopbackOptions = {}): Promise<LoopbackServer> {
  const ledger: RequestLedger = {
    received: 0,
    paid: 0,
    inFlight: 0,
    mostInFlight: 0,
    rateLimited: 0,
    failed: 0,
    inputTokens: 0,
    outputTokens: 0,
  };
  const server = createServer((request, response) => {
    answer(request, response, options, ledger).catch((error: unknown) => {
      send(response, 500, { error: { message: String(error) } });
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('No port was given.');
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    ledger,
    close: () =>
      new Promise<void>(resolve => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: LoopbackOptions,
  ledger: RequestLedger,
): Promise<void> {
  const { authorization } = request.headers;
  if (authorization === undefined) delete ledger.lastAuthorization;
  else ledger.lastAuthorization = authorization;
  if (options.key !== undefined && authorization !== `Bearer ${options.key}`) {
    const message = 'Incorrect API key provided.';
    send(response, 401, { error: { message, code: 'invalid_api_key' } });
    return;
  }
  if (request.method === 'GET' && request.url === '/v1/models') {
    send(response, 200, modelList(options));
    return;
  }
  if (request.method !== 'POST' || request.url !== '/v1/chat/completions') {
    send(response, 404, { detail: 'Not Found' });
    return;
  }
  ledger.received += 1;
  ledger.inFlight += 1;
  ledger.mostInFlight = Math.max(ledger.mostInFlight, ledger.inFlight);
  try {
    const body = await wholeText(request);
    if (options.refused !== undefined && body.includes(options.refused)) {
      send(response, 400, { error: { message: 'This text is not allowed here.' } });
      return;
    }
    if (inject(response, options, ledger)) return;
    await options.held?.();
    if (options.latencyMs) await new Promise(resolve => setTimeout(resolve, options.latencyMs));
    await complete(body, response, options, ledger);
  } finally {
    ledger.inFlight -= 1;
  }
}

/** Fails evenly spread requests: a rate of 0.1 is every tenth. */
function inject(
  response: ServerResponse,
  { rateLimited = 0, failing = 0, retryAfter = 1 }: LoopbackOptions,
  ledger: RequestLedger,
): boolean {
  // Shifted by half a step against each other, so that both kinds of failure happen.
  const due = (rate: number, shift = 0): boolean =>
    Math.floor(ledger.received * rate + shift) > Math.floor((ledger.received - 1) * rate + shift);
  if (due(rateLimited)) {
    ledger.rateLimited += 1;
    response.setHeader('retry-after', String(retryAfter));
    send(response, 429, { error: { message: 'Rate limit reached.', code: 'rate_limit_exceeded' } });
    return true;
  }
  if (!due(failing, 0.5)) return false;
  ledger.failed += 1;
  send(response, 500, { error: { message: 'The server had an error.' } });
  return true;
}

async function complete(
  text: string,
  response: ServerResponse,
  { answers, answerTo, wordMs, onPaid }: LoopbackOptions,
  ledger: RequestLedger,
): Promise<void> {
  const body: unknown = JSON.parse(text);
  if (!isChatRequest(body)) {
    send(response, 400, { error: { message: 'Not a chat completion request.' } });
    return;
  }
  if (!models.includes(body.model)) {
    const message = `The model \`${body.model}\` does not exist.`;
    send(response, 404, { error: { message, code: 'model_not_found' } });
    return;
  }
  const maxTokens = body.max_tokens ?? body.max_completion_tokens;
  const simulated =
    body.model === 'sim-judge'
      ? simulateVerdict(body.messages)
      : simulateAnswer({
          messages: body.messages,
          ...(maxTokens === undefined ? {} : { maxTokens }),
        });
  const scripted = answerTo?.(body) ?? answers?.[Math.min(ledger.paid, answers.length - 1)];
  const answered = scripted === undefined ? simulated : { ...simulated, text: scripted };
  ledger.paid += 1;
  onPaid?.(text);
  ledger.inputTokens += answered.usage.inputTokens;
  ledger.outputTokens += answered.usage.outputTokens;
  if (body.stream && wordMs !== undefined) {
    await streamWords(answered.text, response, wordMs);
    return;
  }
  send(response, 200, {
    id: `chatcmpl-${ledger.paid}`,
    object: 'chat.completion',
    created: 1_760_000_000,
    model: body.model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: answered.text },
        finish_reason: answered.finish === 'cut' ? 'length' : 'stop',
      },
    ],
    usage: {
      prompt_tokens: answered.usage.inputTokens,
      completion_tokens: answered.usage.outputTokens,
      total_tokens: answered.usage.inputTokens + answered.usage.outputTokens,
    },
  });
}

const listedModels = ['sim-task', 'sim-optimizer', 'sim-old'];
const models = [...listedModels, 'sim-judge'];

function modelList({ shutdownDate }: LoopbackOptions): unknown {
  const entries = listedModels.map(id => ({ id, object: 'model', owned_by: 'simulation' }));
  const listed = shutdownDate === undefined ? entries.slice(0, 2) : entries;
  return {
    object: 'list',
    data: listed.map(entry =>
      entry.id === 'sim-old' ? { ...entry, shutdown_date: shutdownDate } : entry,
    ),
  };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
