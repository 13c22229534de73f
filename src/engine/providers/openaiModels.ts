import { ProviderError } from '../core/errors.ts';
import { record } from './httpProblem.ts';

/** A model as a server lists it. */
export interface ListedModel {
  readonly id: string;
  readonly shutdownDate?: string;
}

// Kinds of models that answer no chat, by the words that every vendor puts into their names.
const otherKinds =
  /embed|whisper|transcri|tts|dall-e|image|moderation|realtime|audio|sora|video|rerank|davinci-002|babbage-002|-instruct$|codex|deep-research|search/i;

/** Reads `GET /models`: chat models in the server's order. Throws where it is no list. */
export function listedModels(body: unknown): ListedModel[] {
  const entries = record(body)?.['data'];
  if (!Array.isArray(entries)) {
    throw new ProviderError('not-a-provider', 'The server did not answer with a list of models.', {
      scope: 'run',
      remedy: 'open-settings',
    });
  }
  const models = entries.map(record).flatMap(entry => {
    const id = entry?.['id'];
    if (typeof id !== 'string' || id === '') return [];
    const shutdownDate = isoDate(entry?.['shutdown_date']);
    return [{ id, ...(shutdownDate ? { shutdownDate } : {}) }];
  });
  const chat = models.filter(model => !otherKinds.test(model.id));
  return chat.length > 0 ? chat : models;
}

/** An ISO date or seconds since 1970 as an ISO date; undefined for anything else. */
function isoDate(value: unknown): string | undefined {
  if (typeof value === 'number' && value > 0 && value < 1e11) {
    return new Date(value * 1000).toISOString().slice(0, 10);
  }
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value)
    ? value.slice(0, 10)
    : undefined;
}
