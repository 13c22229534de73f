import { ProviderError } from '../core/errors.ts';
import type { ProviderProblem, Remedy } from '../core/errors.ts';
import { retryAfterMs, spanMs } from './retryAfter.ts';

/** Whom an answer with an error status came from. */
export interface Asked {
  /** For people: an origin. */
  readonly place: string;
  readonly model?: string;
  readonly keySent: boolean;
}

/** An error status and what came with it. */
export interface HttpFailure {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** Names the failure behind a status and its body. */
export function httpProblem(failure: HttpFailure, asked: Asked): ProviderError {
  const said = readBody(failure.body);
  const { problem, scope, sentence, remedy, possiblyPaid } = named(failure.status, said, asked);
  const wait = retryAfterMs(failure.headers) ?? said.retryMs;
  const advice = failure.headers.get('x-should-retry');
  return new ProviderError(problem, sentence, {
    scope,
    ...(remedy ? { remedy } : {}),
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
    ...(possiblyPaid ? { possiblyPaid } : {}),
    ...(advice === 'true' || advice === 'false' ? { retryable: advice === 'true' } : {}),
    ...(failure.status === 409 ? { retryable: false } : {}),
    cause: said.message,
  });
}

/** A provider's words made fit for a sentence: one line, no key, 200 characters at most. */
export function quotedPart(text: string): string {
  const line = text
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .replace(/\b(?:sk|key|pk|rk)-[\w*.-]{6,}|\bAIza[\w-]{10,}|Bearer\s+\S+/gi, '[key]')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}

interface Said {
  readonly message: string;
  readonly codes: string;
  readonly json: boolean;
  readonly retryMs?: number;
  readonly quotaGone: boolean;
}

interface Named {
  readonly problem: ProviderProblem;
  readonly scope: 'row' | 'run';
  readonly sentence: string;
  readonly remedy?: Remedy;
  readonly possiblyPaid?: number;
}

function named(status: number, said: Said, asked: Asked): Named {
  const { place } = asked;
  const words = said.message ? ` It says: ${quotedPart(said.message)}` : '';
  const all = `${said.codes} ${said.message}`;
  if (/content_filter|ResponsibleAIPolicyViolation|content management policy/i.test(all)) {
    return row('refused', `${place} declined this request because of its content filter.`);
  }
  if (/api[ _]key not valid|API_KEY_INVALID|invalid_api_key/i.test(all)) return wrongKey(asked);
  if (status === 401) return wrongKey(asked);
  if (status === 402 || (status === 429 && isQuota(all, said))) {
    return run('quota', `The quota at ${place} is used up.${words}`, 'resume');
  }
  if (status === 403 || /location is not supported|unsupported_country/i.test(all))
    return run('forbidden', `${place} does not allow this request.${words}`);
  if (status === 404 && said.json && /model|deployment|engine/i.test(all)) {
    const model = asked.model ? `the model "${asked.model}"` : 'this model';
    return run('model-unknown', `${place} does not know ${model}.${words}`, 'choose-model');
  }
  if (status === 404 || status === 405 || status === 501) return wrongAddress(status, place);
  if (status === 407) {
    return run(
      'not-a-provider',
      `A proxy before ${place} asks for a password (407). Set it in the proxy settings.`,
    );
  }
  if (status === 429)
    return row('rate-limit', `${place} limits the rate of requests (429).${words}`);
  if (status === 413 || tooLong.test(all)) {
    return row('context-length', `The request is too long for the model.${words}`);
  }
  if (status === 408 || status >= 500) {
    const sentence = `${place} is not able to answer now (${status}).${words}`;
    return { ...row('overloaded', sentence), possiblyPaid: status === 504 ? 1 : 0 };
  }
  const sentence = `${place} refused the request (${status}).${words}`;
  return /unsupported|unknown_parameter|unrecognized|does not support/i.test(all)
    ? run('bad-request', sentence, 'open-settings')
    : row('bad-request', sentence);
}

const tooLong =
  /context_length_exceeded|maximum context length|context window|prompt is too long|input is too long|exceeds the maximum number of tokens/i;

function isQuota(all: string, said: Said): boolean {
  return said.quotaGone || /insufficient_quota|billing_hard_limit|billing_not_active/i.test(all);
}

function wrongKey({ place, keySent }: Asked): Named {
  return keySent
    ? run('key-wrong', `${place} does not accept the key. Enter a valid one.`, 'set-key')
    : run('key-missing', `${place} asks for a key. Enter one.`, 'set-key');
}

function wrongAddress(status: number, place: string): Named {
  return run(
    'not-a-provider',
    `There is no chat model at this address of ${place} (${status}). ` +
      'Check the base URL; most end in /v1.',
    'open-settings',
  );
}

function run(problem: ProviderProblem, sentence: string, remedy?: Remedy): Named {
  return { problem, scope: 'run', sentence, ...(remedy ? { remedy } : {}) };
}

function row(problem: ProviderProblem, sentence: string): Named {
  return { problem, scope: 'row', sentence };
}

function readBody(body: string): Said {
  const parsed = firstObject(parseJson(body));
  if (!parsed) return { message: plainText(body), codes: '', json: false, quotaGone: false };
  const error = record(parsed['error']) ?? parsed;
  const text = (value: unknown) =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const inner = record(error['innererror']);
  const details = Array.isArray(error['details']) ? error['details'].map(record) : [];
  const retryMs = details
    .map(detail => spanMs(text(detail?.['retryDelay'])))
    .find(wait => wait !== undefined);
  return {
    message: text(error['message']) || text(parsed['detail']) || text(parsed['error']),
    codes: [
      error['code'],
      error['type'],
      error['status'],
      inner?.['code'],
      ...details.map(detail => detail?.['detail']),
    ]
      .map(text)
      .join(' '),
    json: true,
    ...(retryMs === undefined ? {} : { retryMs }),
    // A limit of a day is not worth waiting for, and one of zero never passes.
    quotaGone: /"quotaId"\s*:\s*"[^"]*PerDay|"quota_limit_value"\s*:\s*"0"/.test(body),
  };
}

function plainText(body: string): string {
  return body.replace(/<script[^]*?<\/script>|<style[^]*?<\/style>|<[^>]*>/gi, ' ').trim();
}

function firstObject(value: unknown): Record<string, unknown> | undefined {
  return record(Array.isArray(value) ? value[0] : value);
}

/** The value as an object with unknown contents; undefined for everything else. */
export function record(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** The JSON value of a text; undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
