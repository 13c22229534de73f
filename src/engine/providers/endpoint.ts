import { RequestError } from '../core/errors.ts';

/** A base URL taken apart and found fit to be sent prompts. */
export interface Endpoint {
  /** Without query and without a slash at its end. */
  readonly baseUrl: string;
  /** Scheme, host and port: what a key is bound to. */
  readonly origin: string;
  readonly query: Readonly<Record<string, string>>;
  /** Served on this machine. */
  readonly loopback: boolean;
  /** Azure takes the key in a header of its own. */
  readonly azure: boolean;
  readonly secure: boolean;
}

/**
 * Reads the base URL of an OpenAI-compatible server. A path that names the method itself
 * (`/chat/completions`) is cut off. Throws a `RequestError` for anything but http and https, and
 * for names or passwords in the URL: they would end up in logs and in the settings file.
 */
export function readEndpoint(text: string): Endpoint {
  const url = parsed(text.trim());
  if (url.username !== '' || url.password !== '') {
    throw wrong('The base URL holds a user name or password. Remove it and enter a key instead.');
  }
  const path = url.pathname.replace(/\/+$/, '').replace(/\/(?:chat\/)?completions$/, '');
  return {
    baseUrl: url.origin + path,
    origin: url.origin,
    query: Object.fromEntries(url.searchParams),
    loopback: isLoopback(url.hostname),
    azure: url.hostname.endsWith('.azure.com'),
    secure: url.protocol === 'https:',
  };
}

/** Throws where a key would travel in the clear to another machine. */
export function refuseClearKey(endpoint: Endpoint, key: string | undefined): void {
  if (key === undefined || endpoint.secure || endpoint.loopback) return;
  throw wrong(
    `The key is not sent to ${endpoint.origin}, because http:// does not hide it. ` +
      'Use https://, or remove the key if the server needs none.',
  );
}

function parsed(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && (url.protocol === 'https:' || url.protocol === 'http:')) return url;
  throw wrong(
    `"${text.replace(/\/\/[^/@]*@/, '//…@')}" is not a base URL. ` +
      'Write one like https://api.openai.com/v1 or http://127.0.0.1:11434/v1.',
  );
}

function isLoopback(host: string): boolean {
  return /^(?:localhost|(?:[\w-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(host);
}

function wrong(sentence: string): RequestError {
  return new RequestError(sentence, 'open-settings');
}
