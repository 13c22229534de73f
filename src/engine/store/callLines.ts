import type { ModelAnswer } from '../core/languageModel.ts';
import type { Amount } from '../core/usage.ts';
import { digest } from './digest.ts';
import { isObject } from './json.ts';

/** A request that is about to be sent, one that is answered, or one that will not be. */
export type CallEntry =
  | { readonly type: 'intend'; readonly key: string; readonly most: Amount }
  | {
      readonly type: 'settle';
      readonly key: string;
      readonly answer: ModelAnswer;
    }
  | { readonly type: 'fail'; readonly key: string; readonly possiblyPaid: number };

/**
 * One entry as a line. `check` is the beginning of the hash of the rest, so that a flipped bit
 * makes a line unreadable instead of making it a different answer.
 */
export function callLine(entry: CallEntry): string {
  const body = JSON.stringify(entry);
  return `{"check":"${checkOf(body)}",${body.slice(1)}`;
}

/** Reads a line of the record; undefined where it is not exactly what was written. */
export function parseCallLine(line: string): CallEntry | undefined {
  const [, check, rest] = /^\{"check":"([0-9a-f]{16})",(.*)$/s.exec(line) ?? [];
  if (rest === undefined || check !== checkOf(`{${rest}`)) return undefined;
  const value: unknown = JSON.parse(`{${rest}`);
  if (!isObject(value) || typeof value['key'] !== 'string') return undefined;
  const { type } = value;
  // The check has just shown that callLine wrote this very text.
  return type === 'intend' || type === 'settle' || type === 'fail'
    ? ({ most: nothing, ...value } as unknown as CallEntry)
    : undefined;
}

/** What intents say that were written before they said what a request may cost. */
const nothing: Amount = { calls: 0, tokens: 0, usd: 0 };

function checkOf(body: string): string {
  return digest(body).slice(0, 16);
}
