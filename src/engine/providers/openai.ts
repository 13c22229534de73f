import type OpenAI from 'openai';
import { CancelledError, EngineError, ProviderError } from '../core/errors.ts';
import type {
  LanguageModel,
  ModelAnswer,
  ModelRequest,
  OnText,
  ProviderListing,
} from '../core/languageModel.ts';
import type { KeyLookup, Provider } from '../core/provider.ts';
import type { Timeouts } from './watch.ts';
import { usualTimeouts } from './watch.ts';
import { boundedFetch, connectionProblem } from './boundedFetch.ts';
import { orCancelled, stopIfCancelled } from './cancel.ts';
import { readChatAnswer } from './chatAnswer.ts';
import type { Endpoint } from './endpoint.ts';
import { readEndpoint, refuseClearKey } from './endpoint.ts';
import type { Asked } from './httpProblem.ts';
import {
  chatParameters,
  learnFromRefusal,
  streamParameters,
  type Quirks,
} from './openaiParameters.ts';
import { listedModels } from './openaiModels.ts';
import {
  describeModel,
  endpointOf,
  openaiName as name,
  openaiOrigin,
  originOf,
  priceAt,
} from './openaiPlace.ts';
import type { Transport } from './transport.ts';
import { fetchTransport, loopbackTransport } from './transport.ts';

/** Where an OpenAI-compatible server is and how its key is found. */
export interface OpenaiOptions {
  /** `https://api.openai.com/v1`, an Azure endpoint, Ollama, LM Studio, vLLM … */
  readonly baseUrl: string;
  readonly keyFor: KeyLookup;
  readonly timeouts?: Partial<Timeouts>;
  /** How requests travel; by default `fetch`, and plain sockets to this machine. */
  readonly transport?: Transport;
}

/** A list of models may be long, and comes from the server that the person chose. */
const listing = { firstByteMs: 5_000, idleMs: 5_000, totalMs: 10_000, answerBytes: 16 << 20 };

/**
 * Models of OpenAI and of every server that speaks its chat completions. No key is asked for
 * where the server wants none. Nothing is loaded or sent before the first use.
 */
export function openaiProvider(options: OpenaiOptions): Provider {
  const quirks = new Map<string, Quirks>();
  const limits = { ...usualTimeouts, ...options.timeouts };

  const list = async (signal?: AbortSignal): Promise<ProviderListing> => {
    try {
      const client = await connect(options, await keyOf(options), {
        ...limits,
        ...listing,
      });
      const body = await client.get('/models', signal);
      return {
        provider: name,
        models: listedModels(body).map(found => describeModel(found, client.endpoint)),
      };
    } catch (error) {
      stopIfCancelled(signal);
      if (error instanceof EngineError)
        return { provider: name, models: [], problem: error.message };
      throw error;
    }
  };

  const model = (modelName: string): LanguageModel => {
    const known = quirks.get(modelName) ?? {};
    quirks.set(modelName, known);
    const connected = remembered(key => connect(options, key, limits, modelName));
    return {
      id: `${name}:${modelName}`,
      origin: originOf(options.baseUrl),
      endpoint: endpointOf(options.baseUrl),
      generate: async (request, signal, onText) => {
        stopIfCancelled(signal);
        const connection = await connected(await keyOf(options));
        return ask(modelName, request, known, connection, { signal, onText });
      },
    };
  };

  return { name, list, model, price: modelName => priceAt(options.baseUrl, modelName) };
}

async function ask(
  modelName: string,
  request: ModelRequest,
  quirks: Quirks,
  connection: Connection,
  listening: Listening,
): Promise<ModelAnswer> {
  for (;;) {
    const sent = { ...quirks };
    try {
      const parameters = chatParameters(modelName, request, sent);
      const body = await connection.post(
        listening.onText ? { ...parameters, ...streamParameters(sent) } : parameters,
        listening,
      );
      const answer = readChatAnswer(body, request, connection.asked);
      // A server that does not stream answers in one piece.
      listening.onText?.(answer.text);
      return answer;
    } catch (error) {
      const again =
        error instanceof ProviderError && learnFromRefusal(error, request, sent, quirks);
      if (!again) throw error;
    }
  }
}

/** Who waits for an answer. */
interface Listening {
  readonly signal: AbortSignal | undefined;
  readonly onText: OnText | undefined;
}

/** What one request hands to the client's `fetch`. */
interface ListenedInit {
  readonly redirect: NonNullable<RequestInit['redirect']>;
  readonly onText?: OnText;
}

interface Connection {
  readonly endpoint: Endpoint;
  readonly asked: Asked;
  get(path: string, signal?: AbortSignal): Promise<unknown>;
  post(body: object, listening: Listening): Promise<unknown>;
}

async function keyOf({ baseUrl, keyFor }: OpenaiOptions): Promise<string | undefined> {
  return (await keyFor(name, readEndpoint(baseUrl).origin))?.trim() || undefined;
}

/** The same connection for as long as the key stays the same. */
function remembered(
  open: (key: string | undefined) => Promise<Connection>,
): (key: string | undefined) => Promise<Connection> {
  let last: { readonly key: string | undefined; readonly connection: Connection } | undefined;
  return async key => {
    if (!last || last.key !== key) last = { key, connection: await open(key) };
    return last.connection;
  };
}

async function connect(
  { baseUrl, transport }: OpenaiOptions,
  key: string | undefined,
  limits: Timeouts,
  model?: string,
): Promise<Connection> {
  const endpoint = readEndpoint(baseUrl);
  refuseClearKey(endpoint, key);
  if (key === undefined && endpoint.origin === openaiOrigin) {
    throw new ProviderError('key-missing', 'No key for OpenAI is entered yet. Enter one.', {
      scope: 'run',
      remedy: 'set-key',
    });
  }
  const asked: Asked = {
    place: endpoint.origin,
    keySent: key !== undefined,
    ...(model ? { model } : {}),
  };
  const client = await openClient(endpoint, key, asked, limits, transport);
  const send = async (request: Promise<unknown>, signal?: AbortSignal): Promise<unknown> => {
    try {
      return await orCancelled(request, signal);
    } catch (error) {
      throw named(error, asked, signal);
    }
  };
  return {
    endpoint,
    asked,
    get: (path, signal) => send(client.get(path, { signal }), signal),
    post: (body, { signal, onText }) => {
      const fetchOptions: ListenedInit = { redirect: 'error', ...(onText ? { onText } : {}) };
      return send(client.post('/chat/completions', { body, signal, fetchOptions }), signal);
    },
  };
}

const carried = new WeakMap<Error, ProviderError>();

async function openClient(
  endpoint: Endpoint,
  key: string | undefined,
  asked: Asked,
  limits: Timeouts,
  transport = endpoint.loopback && !endpoint.secure ? loopbackTransport : fetchTransport,
): Promise<OpenAI> {
  const { default: Client } = await import('openai');
  const authorization =
    key !== undefined && !endpoint.azure
      ? {}
      : { Authorization: null, ...(key ? { 'api-key': key } : {}) };
  return new Client({
    baseURL: endpoint.baseUrl,
    defaultQuery: { ...endpoint.query },
    defaultHeaders: authorization,
    apiKey: key ?? 'none',
    organization: null,
    project: null,
    maxRetries: 0,
    timeout: limits.totalMs * 2,
    logLevel: 'off',
    fetchOptions: { redirect: 'error' },
    fetch: async (url, init) => {
      try {
        const { onText, ...rest }: RequestInit & Partial<ListenedInit> = init ?? {};
        return await boundedFetch(addressOf(url), rest, asked, limits, transport, onText);
      } catch (error) {
        // The client judges an error by its words and drops some; this one passes through whole.
        const wrapper = new Error('no answer');
        carried.set(
          wrapper,
          error instanceof ProviderError ? error : connectionProblem(error, asked.place),
        );
        throw wrapper;
      }
    },
  });
}

function addressOf(url: string | URL | Request): string {
  return typeof url === 'string' ? url : url instanceof URL ? url.href : url.url;
}

function named(error: unknown, asked: Asked, signal?: AbortSignal): unknown {
  if (signal?.aborted) return new CancelledError();
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    if (each instanceof EngineError) return each;
    const problem = carried.get(each);
    if (problem) return problem;
  }
  return connectionProblem(error, asked.place);
}
