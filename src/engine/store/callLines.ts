import type { ModelAnswer } from '../core/languageModel.ts';
import type { Amount } from '../core/usage.ts';
import { checkedLine, readCheckedLine } from './checkedLine.ts';

/** A request that is about to be sent, one that is answered, or one that will not be. */
export type CallEntry =
  | { readonly type: 'intend'; readonly key: string; readonly most: Amount }
  | {
      readonly type: 'settle';
      readonly key: string;
      readonly answer: ModelAnswer;
      /** How long the run had been at work by then, in milliseconds; absent in old records. */
      readonly ran?: number;
    }
  | { readonly type: 'fail'; readonly key: string; readonly possiblyPaid: number };

/** One entry as a line. */
export function callLine(entry: CallEntry): string {
  return checkedLine(entry);
}

/** Reads a line of the record; undefined where it is not exactly what was written. */
export function parseCallLine(line: string): CallEntry | undefined {
  const value = readCheckedLine(line);
  if (!value || typeof value['key'] !== 'string') return undefined;
  const { type } = value;
  // The check has just shown that callLine wrote this very text.
  return type === 'intend' || type === 'settle' || type === 'fail'
    ? ({ most: nothing, ...value } as unknown as CallEntry)
    : undefined;
}

/** What intents say that were written before they said what a request may cost. */
const nothing: Amount = { calls: 0, tokens: 0, usd: 0 };
