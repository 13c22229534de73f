import type OpenAI from 'openai';
import type { ProviderError } from '../core/errors.ts';
import type { ModelRequest } from '../core/languageModel.ts';

/** What a model has refused so far; learned from its own words, kept while the provider lives. */
export interface Quirks {
  /** Wants `max_completion_tokens` instead of `max_tokens`. */
  completionTokens?: boolean;
  /** Takes no `temperature`. */
  noTemperature?: boolean;
  /** Takes no `seed`. */
  noSeed?: boolean;
  /** Streams no usage. */
  noStreamUsage?: boolean;
  /** Does not stream at all. */
  noStream?: boolean;
}

/** The request in the words of chat completions. */
export function chatParameters(
  model: string,
  request: ModelRequest,
  quirks: Quirks,
): OpenAI.ChatCompletionCreateParamsNonStreaming {
  const { messages, maxTokens, temperature, seed } = request;
  const names: Record<'length' | 'seed', string> = {
    length: quirks.completionTokens ? 'max_completion_tokens' : 'max_tokens',
    // OpenAI itself calls it deprecated; many servers that speak its language honour it.
    seed: 'seed',
  };
  return {
    model,
    messages: messages.map(({ role, content }) => ({ role, content })),
    ...(maxTokens === undefined ? {} : { [names.length]: maxTokens }),
    ...(temperature === undefined || quirks.noTemperature ? {} : { temperature }),
    ...(seed === undefined || quirks.noSeed ? {} : { [names.seed]: seed }),
  };
}

/** What a request adds that wants its answer piece by piece; nothing where the model refused that. */
export function streamParameters(quirks: Quirks): object {
  if (quirks.noStream) return {};
  return {
    stream: true,
    ...(quirks.noStreamUsage ? {} : { stream_options: { include_usage: true } }),
  };
}

/**
 * Remembers a parameter that a refusal names. True where the request was sent (with `sent`) before
 * that was known, so that asking once more makes sense.
 */
export function learnFromRefusal(
  error: ProviderError,
  request: ModelRequest,
  sent: Readonly<Quirks>,
  quirks: Quirks,
): boolean {
  const quirk = error.problem === 'bad-request' ? refusedBy(error, request) : undefined;
  if (quirk === undefined) return false;
  quirks[quirk] = true;
  return sent[quirk] !== true;
}

function refusedBy(error: ProviderError, request: ModelRequest): keyof Quirks | undefined {
  const words = `${error.message} ${typeof error.cause === 'string' ? error.cause : ''}`;
  if (!/support|recogni[sz]ed|unknown|not permitted|only the default|not allowed/i.test(words)) {
    return undefined;
  }
  if (words.includes('max_completion_tokens') && request.maxTokens !== undefined) {
    return 'completionTokens';
  }
  if (words.includes('stream_options')) return 'noStreamUsage';
  if (/\bstream(?:ing)?\b/i.test(words)) return 'noStream';
  if (words.includes('temperature') && request.temperature !== undefined) return 'noTemperature';
  return /\bseed\b/.test(words) && request.seed !== undefined ? 'noSeed' : undefined;
}
