import { digest } from './digest.ts';
import { isObject, type JsonObject } from './json.ts';

/**
 * An object as one line of JSON. `check` is the beginning of the hash of the rest, so that a flipped
 * bit makes a line unreadable instead of making it say something else.
 */
export function checkedLine(value: object): string {
  const body = JSON.stringify(value);
  return `{"check":"${checkOf(body)}",${body.slice(1)}`;
}

/** Reads a line back; undefined where it is not exactly what was written. */
export function readCheckedLine(line: string): JsonObject | undefined {
  const [, check, rest] = /^\{"check":"([0-9a-f]{16})",(.*)$/s.exec(line) ?? [];
  if (rest === undefined || check !== checkOf(`{${rest}`)) return undefined;
  const value: unknown = JSON.parse(`{${rest}`);
  return isObject(value) ? value : undefined;
}

function checkOf(body: string): string {
  return digest(body).slice(0, 16);
}
