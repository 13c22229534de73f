import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

/** One vector of a reference implementation. Its inputs differ from metric to metric. */
export interface Vector {
  readonly id: string;
  readonly metric: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly predictions: unknown;
  readonly references: unknown;
  readonly expected: Readonly<Record<string, unknown>>;
  readonly expected_tolerance?: Readonly<Record<string, number>>;
  readonly note?: string;
  readonly tags?: readonly string[];
}

/** The vectors of `test/fixtures/golden/NAME.json`. */
export function goldenVectors(name: string): Vector[] {
  const url = new URL(`../fixtures/golden/${name}.json`, import.meta.url);
  const { vectors } = JSON.parse(readFileSync(url, 'utf8')) as { vectors: Vector[] };
  assert.ok(vectors.length > 0);
  return vectors;
}

/** A number of a vector; the strings NaN, Infinity and -Infinity are numbers too. */
export function numberIn(value: unknown): number {
  if (typeof value === 'number') return value;
  assert.match(String(value), /^(?:NaN|-?Infinity)$/u);
  return Number(value);
}

/** Fails where two figures differ by more than the tolerance; NaN equals NaN. */
export function assertClose(
  actual: number,
  expected: unknown,
  message: string,
  tolerance = 1e-9,
): void {
  const wanted = numberIn(expected);
  if (Object.is(actual, wanted)) return;
  const distance = Math.abs(actual - wanted);
  assert.ok(distance <= tolerance, `${message}: ${actual} is not ${wanted}`);
}
