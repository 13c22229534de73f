import type { ModelAnswer } from '../core/languageModel.ts';
import { digest } from './digest.ts';
import { isObject } from './json.ts';

/** A request that is about to be sent, or, with an answer, one that is settled. */
export interface CallEntry {
  readonly key: string;
  readonly answer?: ModelAnswer;
}

/**
 * One entry as a line. `check` is the beginning of the hash of the rest, so that a flipped bit
 * makes a line unreadable instead of making it a different answer.
 */
export function callLine(entry: CallEntry): string {
  const body = JSON.stringify(
    entry.answer
      ? { type: 'settle', key: entry.key, answer: entry.answer }
      : { type: 'intend', key: entry.key },
  );
  return `{"check":"${checkOf(body)}",${body.slice(1)}`;
}

/** Reads a line of the record; undefined where it is not exactly what was written. */
export function parseCallLine(line: string): CallEntry | undefined {
  const [, check, rest] = /^\{"check":"([0-9a-f]{16})",(.*)$/s.exec(line) ?? [];
  if (rest === undefined || check !== checkOf(`{${rest}`)) return undefined;
  const value: unknown = JSON.parse(`{${rest}`);
  if (!isObject(value) || typeof value['key'] !== 'string') return undefined;
  const { type, key, answer } = value;
  if (type === 'intend') return { key };
  // The check has just shown that callLine wrote this very text.
  return isObject(answer) ? { key, answer: answer as unknown as ModelAnswer } : undefined;
}

function checkOf(body: string): string {
  return digest(body).slice(0, 16);
}
