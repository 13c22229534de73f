import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** A piece of an answer: text, bytes, or a gzip bomb, sent after a delay. */
interface Chunk {
  readonly utf8?: string;
  readonly base64?: string;
  readonly repeat?: string;
  readonly times?: number;
  readonly gzip_zeros?: number;
  readonly delay_ms?: number;
}

interface ScriptedResponse {
  /** 0: the connection is reset before any header. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly chunks: readonly Chunk[];
  readonly end: 'end' | 'reset' | 'fin' | 'hang';
}

/** One entry of `http-faults.jsonl`. */
export interface Fault {
  readonly id: string;
  readonly mode: 'unary' | 'stream';
  readonly responses: readonly ScriptedResponse[];
  readonly class: 'ok' | 'retry' | 'no-retry' | 'row-failed' | 'stop-run';
  readonly must: string;
}

const sharedFile = join(import.meta.dirname, '../../../shared/data/provider/http-faults.jsonl');
const ownFile = join(import.meta.dirname, '../fixtures/answers/http-faults.jsonl');

/** The scripted faults: all of the shared test data, else our own copy of those without streams. */
export function scriptedFaults(): Fault[] {
  const text = readFileSync(existsSync(sharedFile) ? sharedFile : ownFile, 'utf8');
  return text
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Fault);
}

/** A server that plays faults, one after the other. */
export interface FaultyProvider {
  readonly url: string;
  /** Requests that arrived since the last `play`. */
  requests(): number;
  /** Requests that reached the other origin, which no prompt may be sent to. */
  strayed(): number;
  play(fault: Fault): void;
  close(): Promise<void>;
}

/** Starts the faulty provider and, as the target of redirects, a second one on another port. */
export async function startFaultyProvider(): Promise<FaultyProvider> {
  let fault: Fault | undefined;
  let requests = 0;
  let strayed = 0;
  const other = createServer((_request, response) => {
    strayed += 1;
    response.end('{}');
  });
  const server = createServer((request, response) => {
    request.resume();
    const script = fault?.responses[Math.min(requests, fault.responses.length - 1)];
    requests += 1;
    if (script) void speak(script, request, response, otherUrl);
    else response.destroy();
  });
  const otherUrl = await listen(other);
  const url = await listen(server);
  return {
    url: `${url}/v1`,
    requests: () => requests,
    strayed: () => strayed,
    play: next => {
      fault = next;
      requests = 0;
      // Packing a bomb takes longer than the tests wait for an answer.
      for (const chunk of next.responses.flatMap(each => each.chunks)) bytesOf(chunk);
    },
    close: async () => {
      for (const each of [server, other]) {
        each.closeAllConnections();
        await new Promise(resolve => each.close(resolve));
      }
    },
  };
}

async function speak(
  script: ScriptedResponse,
  request: IncomingMessage,
  response: ServerResponse,
  otherUrl: string,
): Promise<void> {
  if (script.status === 0) {
    request.socket.resetAndDestroy();
    return;
  }
  response.sendDate = false;
  // An abandoned connection of one fault must not answer for the next one.
  response.shouldKeepAlive = false;
  const headers = Object.entries(script.headers).map(([name, value]) => [
    name,
    filled(value, otherUrl),
  ]);
  const begin = (): unknown =>
    response.headersSent ||
    response.writeHead(script.status, Object.fromEntries(headers) as Record<string, string>);
  for (const chunk of script.chunks) {
    if (chunk.delay_ms) await new Promise(resolve => setTimeout(resolve, chunk.delay_ms).unref());
    if (response.destroyed) return;
    const bytes = bytesOf(chunk);
    if (bytes.length === 0) continue;
    begin();
    response.write(bytes);
  }
  begin();
  if (script.end === 'end') response.end();
  else if (script.end !== 'hang') {
    response.flushHeaders();
    await new Promise(resolve => setTimeout(resolve, 20));
    if (script.end === 'reset') request.socket.resetAndDestroy();
    else request.socket.end();
  }
}

const bombs = new Map<number, Buffer>();

function gzipBomb(size: number): Buffer {
  const bomb = bombs.get(size) ?? gzipSync(Buffer.alloc(size, ' '));
  bombs.set(size, bomb);
  return bomb;
}

function bytesOf({ utf8, base64, repeat, times = 1, gzip_zeros }: Chunk): Buffer {
  if (base64 !== undefined) return Buffer.from(base64, 'base64');
  if (repeat !== undefined) return Buffer.from(repeat.repeat(times));
  if (gzip_zeros !== undefined) return gzipBomb(gzip_zeros);
  return Buffer.from(utf8 ?? '');
}

function filled(value: string, otherUrl: string): string {
  return value.replace('@other', otherUrl).replace(/@now([+-]\d+)s/, (_mark, seconds: string) => {
    // HTTP dates have whole seconds: rounded up, so that a wait is never shorter than scripted.
    const at = Math.ceil(Date.now() / 1000) + Number(seconds);
    return new Date(at * 1000).toUTCString();
  });
}

async function listen(server: ReturnType<typeof createServer>): Promise<string> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('No port was given.');
  return `http://127.0.0.1:${address.port}`;
}
