import { createHash } from 'node:crypto';
import type { CachedAnswer } from '../../../src/engine/core/answerCache.ts';

/** The digest of a request. */
export const keyOf = (name: string): string => createHash('sha256').update(name).digest('hex');

/** What a run has paid for. */
export function answerOf(text: string): CachedAnswer {
  const usage = { calls: 1, inputTokens: 10, outputTokens: 2, estimated: false };
  return {
    answer: { text, usage, finish: 'stop', model: 'openai:x', milliseconds: 12 },
    paidBy: 'run-1',
  };
}
