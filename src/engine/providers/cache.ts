import { createHash } from 'node:crypto';
import type { AnswerCache } from '../core/answerCache.ts';
import type { LanguageModel, ModelAnswer, ModelRequest, Price } from '../core/languageModel.ts';
import type { Usage } from '../core/usage.ts';
import { stopIfCancelled } from './cancel.ts';
import { requestKey } from './record.ts';
import { priced } from './ledger.ts';

/** What the layer is told beside the model. */
export interface CacheFacts {
  readonly cache: AnswerCache;
  /** What an answer that need not be paid would cost now; undefined where that is not known. */
  readonly price: Price | undefined;
  /** The run that works; empty where the work belongs to none. */
  readonly runId: string;
  /** So many entries cannot be trusted; their answers are asked for again. */
  onDamage(entries: number): void;
}

/**
 * Asks the workspace's cache before the model. What comes from there is `cached`, costs nothing, and
 * keeps the latency and the tokens that were measured when it was paid. An answer that this very run
 * paid for, and was killed before it wrote it down, is no saving: it keeps its cost.
 *
 * While somebody else asks for the same answer, it waits for that one.
 *
 * Only whole answers are kept: no error, no refusal, nothing that was cut at its length limit.
 */
export function withCache(
  model: LanguageModel,
  { cache, price, runId, onDamage }: CacheFacts,
): LanguageModel {
  return {
    ...model,
    async generate(request, signal, onText) {
      const key = cacheKey(model, request);
      const begun = await cache.findOrBegin(key, signal);
      const damage = cache.damage();
      if (damage > 0) onDamage(damage);
      if ('answer' in begun) {
        stopIfCancelled(signal);
        return asFound(begun.answer, begun.paidBy === runId && runId !== '', price);
      }
      try {
        stopIfCancelled(signal);
        const answer = await model.generate(request, signal, onText);
        if (answer.finish === 'stop') cache.keep(key, { answer: asKept(answer), paidBy: runId });
        return answer;
      } finally {
        begun.end();
      }
    },
  };
}

/**
 * SHA-256 over everything that decides an answer: server and path, model, parameters, text, and the
 * number of the draw. `form` changes when this program begins to send the same request in another way.
 */
export function cacheKey(
  model: Pick<LanguageModel, 'id' | 'origin' | 'endpoint'>,
  request: ModelRequest,
): string {
  const identity = [form, model.endpoint ?? '', requestKey(model, request)];
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex');
}

const form = 1;

/** Without the price of the day, and without what failed attempts before it may have cost. */
function asKept(answer: ModelAnswer): ModelAnswer {
  const { calls, inputTokens, outputTokens, estimated } = answer.usage;
  return { ...answer, usage: { calls, inputTokens, outputTokens, estimated } };
}

function asFound(answer: ModelAnswer, isOwn: boolean, price: Price | undefined): ModelAnswer {
  const usage: Usage = priced(answer.usage, price);
  return { ...answer, usage: isOwn ? usage : { ...usage, cached: true } };
}
