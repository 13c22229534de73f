import { ProviderError } from '../core/errors.ts';
import type { OnText } from '../core/languageModel.ts';
import { brokenOff, unusable } from './brokenAnswers.ts';
import { readChatStream } from './chatStream.ts';
import { openWatch, type Timeouts, type Watch } from './watch.ts';
import type { Asked } from './httpProblem.ts';
import { httpProblem, parseJson, quotedPart } from './httpProblem.ts';
import type { RawAnswer, Transport } from './transport.ts';

/**
 * Fetches one JSON answer whole (streamed, where somebody listens), within limits of our own: clients
 * bound the wait for the headers but neither a body that drips or stalls nor its size, and follow
 * redirects with the prompt.
 * Everything but a JSON text with a good status is a `ProviderError`.
 */
export async function boundedFetch(
  url: string,
  init: RequestInit,
  asked: Asked,
  limits: Timeouts,
  transport: Transport,
  onText?: OnText,
): Promise<Response> {
  const watch = openWatch(limits, asked.place, init.signal ?? undefined);
  try {
    watch.expect(limits.firstByteMs);
    const answer = await transport(url, init, watch.signal);
    refuseRedirect(answer, asked.place);
    const { status, headers } = answer;
    if (onText && isEventStream(answer)) {
      const facts = { place: asked.place, limits, watch, onText };
      return readResponse(await readChatStream(answer.body, facts));
    }
    const text = decoded(await wholeBody(answer, limits, watch, asked.place), asked.place);
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

function isEventStream({ status, headers }: RawAnswer): boolean {
  const isGood = status >= 200 && status < 300;
  return isGood && /^text\/event-stream/i.test(headers.get('content-type') ?? '');
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
  throw brokenOff(place);
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
