import { isDeepStrictEqual } from 'node:util';
import { EngineError } from '../../src/engine/core/errors.ts';
import { computations } from './computations.ts';
import { exceptionFor, expectedFigures } from './exceptions.ts';
import type { Figures, Vector } from './vector.ts';

/** How our code did on one vector. `why` says what differed, or why it is an exception. */
export interface Verdict {
  readonly result: 'passed' | 'failed' | 'excepted';
  readonly why?: string;
}

const tolerance = 1e-9;

/** Holds our code against one vector. */
export function judge(vector: Vector): Verdict {
  const problem = problemOf(vector);
  if (problem === undefined) return { result: 'passed' };
  const exception = exceptionFor(vector);
  if (exception !== undefined) return { result: 'excepted', why: exception };
  return { result: 'failed', why: problem };
}

function problemOf(vector: Vector): string | undefined {
  const compute = computations.get(vector.metric);
  if (!compute) return `there is no metric "${vector.metric}"`;
  let figures: Figures;
  try {
    figures = compute(vector);
  } catch (error) {
    // A crash is no refusal, and must not keep the other vectors from being looked at.
    if (!(error instanceof EngineError || error instanceof RangeError)) {
      return `it broke: ${String(error)}`;
    }
    return vector.expected['raises'] ? undefined : `it was refused: ${error.message}`;
  }
  if (vector.expected['raises']) return 'it was computed, where the reference refuses it';
  for (const [name, wanted] of Object.entries(expectedFigures(vector))) {
    const limit = vector.expected_tolerance?.[name] ?? limitOf(vector, name);
    const difference = differenceOf(figures[name], wanted, limit, name);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

/**
 * 1e-9 but for two kinds: p-values whose coefficient is 1 up to rounding are noise, and sacrebleu
 * resamples in float32.
 */
function limitOf({ metric, tags = [] }: Vector, name: string): number {
  const isNoise = tags.includes('ill_conditioned_p') && name.startsWith('p_value');
  return isNoise || metric === 'sacrebleu_paired_bs' ? 1e-6 : tolerance;
}

function differenceOf(
  actual: unknown,
  wanted: unknown,
  limit: number,
  name: string,
): string | undefined {
  if (Array.isArray(wanted)) {
    if (!Array.isArray(actual) || actual.length !== wanted.length)
      return lineOf(name, actual, wanted);
    return wanted
      .map((each, at) => differenceOf(actual[at], each, limit, `${name} ${at}`))
      .find(difference => difference !== undefined);
  }
  if (typeof wanted === 'object' && wanted !== null) {
    return Object.entries(wanted)
      .map(([key, each]) => differenceOf((actual as Figures)[key], each, limit, `${name} ${key}`))
      .find(difference => difference !== undefined);
  }
  const isClose =
    typeof actual === 'number' && !isText(wanted)
      ? isNear(actual, Number(wanted), limit, name)
      : isDeepStrictEqual(actual, wanted);
  return isClose ? undefined : lineOf(name, actual, wanted);
}

/** NaN and infinities are written as texts, and are numbers. */
function isText(value: unknown): boolean {
  return typeof value === 'string' && !/^(?:NaN|-?Infinity)$/u.test(value);
}

function isNear(actual: number, wanted: number, limit: number, name: string): boolean {
  if (Object.is(actual, wanted) || actual === wanted) return true;
  const size = Math.abs(wanted);
  // A probability near 0 keeps six digits of its own.
  const isTiny =
    /^(?:p_|exact_p|midp|value)/u.test(name) && size < 1e-3 && size > 0 && limit === tolerance;
  const allowed = isTiny ? Math.min(limit, size * 1e-6) : limit * Math.max(1, size);
  return Math.abs(actual - wanted) <= allowed;
}

function lineOf(name: string, actual: unknown, wanted: unknown): string {
  return `${name}: ${actual === undefined ? 'nothing' : JSON.stringify(actual)} is not ${JSON.stringify(wanted)}`;
}
