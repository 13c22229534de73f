import { createHash } from 'node:crypto';
import type { CallRecord } from '../core/callRecord.ts';
import { CancelledError } from '../core/errors.ts';
import type { LanguageModel, ModelAnswer, ModelRequest } from '../core/languageModel.ts';
import { orCancelled } from './cancel.ts';

/**
 * The same request is paid once; the ledger below says what is sent (`CallJournal`). An answer is on
 * the disk before it is used; a request that is under way is not sent a second time. The first use in
 * this session of an answer recorded earlier carries its original usage, so that a resumed run adds up
 * to what was paid; a further use is `cached` and costs nothing.
 */
export function withRecord(model: LanguageModel, record: CallRecord): LanguageModel {
  const used = new Set<string>();
  const underWay = new Map<string, Promise<ModelAnswer>>();

  const pay = async (key: string, request: ModelRequest, signal?: AbortSignal) => {
    const answer = await model.generate(request, signal);
    await record.settle(key, answer);
    used.add(key);
    return answer;
  };

  const generate = async (request: ModelRequest, signal?: AbortSignal): Promise<ModelAnswer> => {
    const key = requestKey(model, request);
    const recorded = record.find(key);
    if (recorded) {
      if (used.has(key)) return asCached(recorded);
      used.add(key);
      return recorded;
    }
    const other = underWay.get(key);
    if (other) {
      try {
        return asCached(await orCancelled(other, signal));
      } catch (error) {
        // The other caller was cancelled, this one was not: it has to ask for itself.
        if (!(error instanceof CancelledError) || signal?.aborted) throw error;
        return generate(request, signal);
      }
    }
    const own = pay(key, request, signal).finally(() => underWay.delete(key));
    underWay.set(key, own);
    return own;
  };

  return { ...model, generate };
}

/** SHA-256 over everything that decides the answer; the role does not. */
export function requestKey(
  model: Pick<LanguageModel, 'id' | 'origin'>,
  request: ModelRequest,
): string {
  const identity = [
    model.id,
    model.origin ?? '',
    request.temperature ?? null,
    request.maxTokens ?? null,
    request.seed ?? null,
    request.sample ?? 0,
    request.messages.map(message => [message.role, message.content]),
  ];
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex');
}

function asCached(answer: ModelAnswer): ModelAnswer {
  return { ...answer, usage: { ...answer.usage, cached: true } };
}
