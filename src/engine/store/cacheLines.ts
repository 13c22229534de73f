import type { CachedAnswer } from '../core/answerCache.ts';
import { checkedLine, readCheckedLine } from './checkedLine.ts';

/** What a line of the cache is about, without a look at the rest of it. */
export interface CacheLineHead {
  readonly key: string;
  /** When the answer was kept or used, in milliseconds since 1970. */
  readonly at: number;
  /** Whether the line says no more than that the answer was used. */
  readonly isUse: boolean;
}

const head = /^\{"check":"[0-9a-f]{16}","key":"([0-9a-f]{64})","at":(\d{1,16})([,}])/;

/** An answer as a line of the cache. */
export function answerLine(key: string, at: number, { answer, paidBy }: CachedAnswer): string {
  return checkedLine({ key, at, paidBy, answer });
}

/** The line which says that an answer was used. */
export function useLine(key: string, at: number): string {
  return checkedLine({ key, at });
}

/** Reads the beginning of a line; undefined where it is none of ours. */
export function readHead(text: string): CacheLineHead | undefined {
  const [, key, at, end] = head.exec(text) ?? [];
  return key === undefined ? undefined : { key, at: Number(at), isUse: end === '}' };
}

/** Reads the answer to a request; undefined where the line is not exactly what was written for it. */
export function readAnswerLine(key: string, line: string): CachedAnswer | undefined {
  const value = readCheckedLine(line);
  if (value?.['key'] !== key || !('answer' in value)) return undefined;
  // The check has just shown that answerLine wrote this very text.
  const { answer, paidBy } = value as unknown as CachedAnswer;
  return { answer, paidBy };
}
