import { ProviderError } from '../core/errors.ts';
import type { Asked } from './httpProblem.ts';
import { httpProblem, parseJson, quotedPart } from './httpProblem.ts';
import type { RawAnswer, Transport } from './transport.ts';

/** Limits of one request. Connecting has Node's own limit of 10 seconds. */
export interface Timeouts {
  /** Until the answer's headers, in milliseconds. */
  readonly firstByteMs: number;
  /** Between two pieces of the answer, in milliseconds. */
  readonly idleMs: number;
  /** From the first to the last, in milliseconds. */
  readonly totalMs: number;
  /** Bytes of an answer, unpacked. */
  readonly answerBytes: number;
}

/** 60 s for the first byte, 30 s between pieces, 10 min in all, 1 MiB of answer. */
export const usualTimeouts: Timeouts = {
  firstByteMs: 60_000,
  idleMs: 30_000,
  totalMs: 600_000,
  answerBytes: 1 << 20,
};

/**
 * Fetches one JSON answer whole, within limits of our own: clients bound the wait for the headers
 * but neither a body that drips or stalls nor its size, and follow redirects with the prompt.
 * Everything but a JSON text with a good status is a `ProviderError`.
 */
export async function boundedFetch(
  url: string,
  init: RequestInit,
  asked: Asked,
  limits: Timeouts,
  transport: Transport,
): Promise<Response> {
  const watch = openWatch(limits, asked.place, init.signal ?? undefined);
  try {
    watch.expect(limits.firstByteMs);
    const answer = await transport(url, init, watch.signal);
    refuseRedirect(answer, asked.place);
    const text = decoded(await wholeBody(answer, limits, watch, asked.place), asked.place);
    const { status, headers } = answer;
    if (status < 200 || status >= 300) throw httpProblem({ status, headers, body: text }, asked);
    return readResponse(readJson(text, asked.place));
  } catch (error) {
    // An answer that is not read to its end would keep its connection.
    watch.abandon();
    if (error instanceof ProviderError) throw error;
    throw watch.expired() ?? connectionProblem(error, asked.place);
  } finally {
    watch.close();
  }
}

interface Watch {
  readonly signal: AbortSignal;
  /** Something has to arrive within this time. */
  expect(ms: number): void;
  expired(): ProviderError | undefined;
  abandon(): void;
  close(): void;
}

function openWatch(limits: Timeouts, place: string, outer?: AbortSignal): Watch {
  const controller = new AbortController();
  let expired: ProviderError | undefined;
  const expire = (ms: number) => (): void => {
    expired = new ProviderError(
      'timeout',
      `${place} did not finish its answer within ${ms < 1000 ? `${ms} ms` : `${ms / 1000} s`}.`,
      { scope: 'row', possiblyPaid: 1 },
    );
    controller.abort();
  };
  const stop = (): void => controller.abort();
  outer?.addEventListener('abort', stop, { once: true });
  if (outer?.aborted) stop();
  const total = setTimeout(expire(limits.totalMs), limits.totalMs);
  let next: NodeJS.Timeout | undefined;
  return {
    signal: controller.signal,
    expect: ms => {
      clearTimeout(next);
      next = setTimeout(expire(ms), ms);
    },
    expired: () => expired,
    abandon: stop,
    close: () => {
      clearTimeout(total);
      clearTimeout(next);
      outer?.removeEventListener('abort', stop);
    },
  };
}

async function wholeBody(
  answer: RawAnswer,
  limits: Timeouts,
  watch: Watch,
  place: string,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  watch.expect(limits.idleMs);
  for await (const piece of answer.body) {
    watch.expect(limits.idleMs);
    size += piece.byteLength;
    if (size > limits.answerBytes) {
      throw unusable(`The answer of ${place} is larger than ${limits.answerBytes} bytes.`);
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function decoded(bytes: Uint8Array, place: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw unusable(`The answer of ${place} is damaged: it holds bytes that are not UTF-8.`);
  }
}

function refuseRedirect({ status, headers }: RawAnswer, place: string): void {
  if (status < 300 || status >= 400) return;
  const location = headers.get('location') ?? '';
  const target = URL.canParse(location, place)
    ? new URL(location, place).origin
    : 'another address';
  throw new ProviderError(
    'redirect',
    `${place} wants to send the prompt on to ${target}, which is refused. ` +
      'If you trust that place, set it as the base URL.',
    { scope: 'run', remedy: 'open-settings' },
  );
}

function readJson(text: string, place: string): unknown {
  const begin = text.trimStart();
  if (begin !== '' && !/^[{[]/.test(begin)) {
    throw new ProviderError(
      'not-a-provider',
      `Something else than a model answered at ${place}: ${quotedPart(begin)}`,
      { scope: 'run', remedy: 'open-settings' },
    );
  }
  const value = parseJson(text);
  if (value !== undefined) return value;
  throw new ProviderError('broken-answer', `The answer of ${place} broke off.`, {
    scope: 'row',
    possiblyPaid: 1,
  });
}

const jsonHeaders = new Headers({ 'content-type': 'application/json' });

/**
 * An answer that is already read, as far as the client looks at it. A real `Response` would wrap
 * the text in a stream only to read it once more, which costs 25 MB over 2,000 quick rows.
 */
function readResponse(value: unknown): Response {
  const response: Pick<Response, 'ok' | 'status' | 'headers' | 'body' | 'url' | 'json' | 'text'> = {
    ok: true,
    status: 200,
    headers: jsonHeaders,
    body: null,
    url: '',
    json: () => Promise.resolve(value),
    text: () => Promise.resolve(JSON.stringify(value)),
  };
  return response as Response;
}

/** An answer that came, and may be billed, but cannot be used; asking again would not help. */
export function unusable(sentence: string): ProviderError {
  return new ProviderError('broken-answer', sentence, {
    scope: 'row',
    possiblyPaid: 1,
    retryable: false,
  });
}

const unreachable: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there (is the server running?)',
  ENOTFOUND: 'there is no such host; check the address and the network',
  EAI_AGAIN: 'the name could not be looked up; check the network',
  EHOSTUNREACH: 'there is no way to that host; check the network',
  ENETUNREACH: 'there is no network',
  ETIMEDOUT: 'the connection could not be opened in time',
  UND_ERR_CONNECT_TIMEOUT: 'the connection could not be opened in time',
};

/** Names what fetch throws when no whole answer came. */
export function connectionProblem(error: unknown, place: string): ProviderError {
  const code = codeOf(error);
  const reason =
    unreachable[code] ?? (/CERT|SSL|TLS|SELF_SIGNED|ALTNAME/.test(code) ? certificate : undefined);
  if (reason !== undefined) {
    return new ProviderError('unreachable', `${place} cannot be reached: ${reason}.`, {
      scope: 'row',
      remedy: 'open-settings',
      cause: error,
    });
  }
  return new ProviderError('broken-answer', `The connection to ${place} broke.`, {
    scope: 'row',
    possiblyPaid: 1,
    cause: error,
  });
}

const certificate = 'its certificate is not trusted on this machine';

function codeOf(error: unknown): string {
  for (let each = error; each instanceof Error; each = each.cause) {
    const errors: unknown[] = each instanceof AggregateError ? each.errors : [];
    for (const one of [each, ...errors]) {
      const code = one instanceof Error && 'code' in one ? one.code : undefined;
      if (typeof code === 'string') return code;
    }
  }
  return '';
}
