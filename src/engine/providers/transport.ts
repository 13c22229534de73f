import { Agent, request as openRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { createBrotliDecompress, createUnzip } from 'node:zlib';

/** An answer as it begins to arrive; the body is unpacked. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Sends a request and answers when the headers are there. Follows no redirect. */
export type Transport = (url: string, init: RequestInit, signal: AbortSignal) => Promise<RawAnswer>;

/** The usual road: with the proxy, and the certificates, that the host has set for `fetch`. */
export const fetchTransport: Transport = async (url, init, signal) => {
  // Not 'error': the place that we were sent on to belongs into the sentence.
  const response = await fetch(url, { ...init, redirect: 'manual', signal });
  const body: AsyncIterable<Uint8Array> | null = response.body;
  // A page's fetch hides the status of a redirect.
  const status = response.type === 'opaqueredirect' ? 307 : response.status;
  return { status, headers: response.headers, body: body ?? nothing() };
};

/**
 * The road to plain HTTP servers on this machine, where no proxy stands between: a third of the
 * time and of the memory of `fetch` per request, which is felt where answers come at once.
 */
export const loopbackTransport: Transport = (url, init, signal) =>
  new Promise((resolve, reject) => {
    const request = openRequest(url, {
      agent: keptOpen,
      method: init.method ?? 'GET',
      headers: { ...Object.fromEntries(new Headers(init.headers)), 'accept-encoding': 'identity' },
      signal,
    });
    request.on('error', reject);
    request.on('response', message => {
      // An answer that nobody reads any more may still break.
      message.on('error', () => undefined);
      resolve({
        status: message.statusCode ?? 0,
        headers: headersOf(message),
        body: unpacked(message),
      });
    });
    request.end(typeof init.body === 'string' ? init.body : undefined);
  });

const keptOpen = new Agent({ keepAlive: true });

function headersOf(message: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, values] of Object.entries(message.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  return headers;
}

function unpacked(message: IncomingMessage): AsyncIterable<Uint8Array> {
  const packing = message.headers['content-encoding'] ?? 'identity';
  if (packing === 'identity') return message;
  const unpacking = packing === 'br' ? createBrotliDecompress() : createUnzip();
  message.once('error', error => unpacking.destroy(error));
  unpacking.once('close', () => message.destroy());
  return message.pipe(unpacking);
}

async function* nothing(): AsyncGenerator<Uint8Array> {
  // An answer without a body has no pieces.
}
