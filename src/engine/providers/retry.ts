import { ProviderError } from '../core/errors.ts';
import type { ProviderProblem } from '../core/errors.ts';
import type { LanguageModel, ModelAnswer, ModelRequest, OnText } from '../core/languageModel.ts';
import type { Wait } from '../core/run.ts';
import type { Role } from '../core/usage.ts';
import { orCancelled, pause, stopIfCancelled } from './cancel.ts';

/** What the retry layer is handed; all but `onWait` have real defaults and exist for tests. */
export interface RetryOptions {
  /** Told of every wait before it begins. */
  onWait?(wait: Wait): void;
  /** Throws where so many milliseconds may not be waited. */
  mayWait?(ms: number): void;
  sleep?(ms: number, signal?: AbortSignal): Promise<void>;
  /** 0 up to, but not including, 1. */
  random?(): number;
  /** Milliseconds since 1970. */
  now?(): number;
}

/** A wait longer than this is the run's end: it can be resumed, nobody should watch it sleep. */
const longestWaitMs = 10 * 60_000;
const longestBackoffMs = 60_000;
/** Requests in a row that ran out of retries before the server counts as down. */
const downAfter = 10;

/** How often each problem is asked again; a problem that is not named here never is. */
const retries: Partial<Record<ProviderProblem, number>> = {
  'rate-limit': 8,
  overloaded: 6,
  unreachable: 2,
  timeout: 2,
  'broken-answer': 2,
};

/** The state that all requests of one model share. */
interface Road {
  /** No request leaves before this moment: a rate limit holds for all of them. */
  closedUntil: number;
  gaveUpInRow: number;
}

/**
 * The one retry layer. What may pass is asked again after a jittered backoff of 1 s · 2^n, 60 s at
 * most, or after the wait that the provider names; a wrong key, a used-up quota or an unknown
 * model is never asked twice. A rate limit holds back every request of this model. A wait above
 * ten minutes ends the run with a sentence that says when to resume.
 */
export function withRetry(model: LanguageModel, options: RetryOptions = {}): LanguageModel {
  const road: Road = { closedUntil: 0, gaveUpInRow: 0 };
  return {
    ...model,
    generate: (request, signal, onText) =>
      keepAsking({ model, request, road, signal, onText }, withDefaults(options)),
  };
}

interface Errand {
  readonly model: LanguageModel;
  readonly request: ModelRequest;
  readonly road: Road;
  readonly signal: AbortSignal | undefined;
  readonly onText: OnText | undefined;
}

async function keepAsking(
  { model, request, road, signal, onText }: Errand,
  options: Required<RetryOptions>,
): Promise<ModelAnswer> {
  let possiblyPaid = 0;
  for (let failures = 0; ; failures += 1) {
    await roadOpen(road, options, signal);
    try {
      const answer = await orCancelled(model.generate(request, signal, onText), signal);
      road.gaveUpInRow = 0;
      return withPossiblyPaid(answer, possiblyPaid);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      possiblyPaid += error.possiblyPaid;
      const wait = waitAfter(error, failures, options.random());
      if (wait === undefined) throw lastWord(error, failures, possiblyPaid, road);
      options.mayWait(wait);
      if (wait > longestWaitMs) throw tooLong(error, wait, options.now(), possiblyPaid);
      await holdBack(error, wait, request.role, road, options, signal);
    }
  }
}

async function roadOpen(
  road: Road,
  { sleep, now }: Required<RetryOptions>,
  signal?: AbortSignal,
): Promise<void> {
  stopIfCancelled(signal);
  for (let left = road.closedUntil - now(); left > 0; left = road.closedUntil - now()) {
    await orCancelled(sleep(left, signal), signal);
  }
}

async function holdBack(
  error: ProviderError,
  wait: number,
  role: Role,
  road: Road,
  { onWait, sleep, now }: Required<RetryOptions>,
  signal?: AbortSignal,
): Promise<void> {
  const until = now() + wait;
  const told = { role, why: error.message, problem: error.problem };
  if (error.problem !== 'rate-limit') {
    onWait({ ...told, ms: wait });
  } else if (until > road.closedUntil) {
    // Fifty requests that meet one rate limit are one wait for the person who watches.
    onWait({ ...told, ms: until - Math.max(now(), road.closedUntil) });
    road.closedUntil = until;
  }
  await orCancelled(sleep(wait, signal), signal);
}

/** Milliseconds before the next try, or undefined where there is none. `failures` is from 0. */
function waitAfter(error: ProviderError, failures: number, random: number): number | undefined {
  if (error.retryable === false || error.problem === 'quota') return undefined;
  const allowed = retries[error.problem] ?? (error.retryable ? 2 : 0);
  if (failures >= allowed) return undefined;
  const backoff = Math.min(longestBackoffMs, 1000 * 2 ** failures) * (0.5 + random / 2);
  if (error.retryAfterMs === undefined || error.retryAfterMs < 0) return backoff;
  // Obeyed in full; spread a little, so that waiting requests do not all leave in one moment.
  const asked = error.retryAfterMs + Math.min(error.retryAfterMs, 2000) * 0.1 * random;
  return failures === 0 ? asked : Math.max(asked, backoff);
}

function tooLong(error: ProviderError, wait: number, now: number, possiblyPaid: number) {
  const when = new Date(now + wait).toISOString().slice(0, 16).replace('T', ' ');
  return new ProviderError(
    error.problem,
    `${error.message} It asks to wait until ${when} UTC. Resume the run then.`,
    { scope: 'run', remedy: 'resume', retryAfterMs: wait, possiblyPaid, cause: error },
  );
}

function lastWord(
  error: ProviderError,
  failures: number,
  possiblyPaid: number,
  road: Road,
): ProviderError {
  const wearing = error.problem === 'overloaded' || error.problem === 'rate-limit';
  road.gaveUpInRow = wearing ? road.gaveUpInRow + 1 : 0;
  const down = road.gaveUpInRow >= downAfter || (error.problem === 'unreachable' && failures > 0);
  if (!down && possiblyPaid === error.possiblyPaid) return error;
  const message =
    down && wearing ? `${error.message} ${downAfter} requests in a row failed so.` : error.message;
  return new ProviderError(error.problem, message, {
    scope: down ? 'run' : error.scope,
    ...(error.remedy ? { remedy: error.remedy } : {}),
    ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
    ...(error.retryable === undefined ? {} : { retryable: error.retryable }),
    possiblyPaid,
    cause: error,
  });
}

function withPossiblyPaid(answer: ModelAnswer, possiblyPaid: number): ModelAnswer {
  if (possiblyPaid === 0) return answer;
  const sum = possiblyPaid + (answer.usage.possiblyPaid ?? 0);
  return { ...answer, usage: { ...answer.usage, possiblyPaid: sum } };
}

function withDefaults(options: RetryOptions): Required<RetryOptions> {
  return {
    onWait: () => undefined,
    mayWait: () => undefined,
    sleep: pause,
    random: Math.random,
    now: Date.now,
    ...options,
  };
}
