import { ScoringError } from '../core/errors.ts';
import type { Metric } from '../core/metric.ts';
import { referencesOf } from './expected.ts';
import { expectedButGot, quoted } from './feedback.ts';
import { meanValue } from './mean.ts';
import { decimalIn } from './numbers.ts';

/** How far a number may be from the expected one; either limit is enough. */
export interface NumericOptions {
  readonly tolerance?: number;
  /** Share of the expected number. */
  readonly relative?: number;
  /** Takes the last number in the answer, in place of an answer that is nothing else. */
  readonly last?: boolean;
}

/** Whether two numbers are as near as the options say. */
export function isNear(
  given: number,
  due: number,
  { tolerance = 0, relative = 0 }: NumericOptions,
): boolean {
  // 3.6 − 3.5 is a hair more than 0.1 in binary, which nobody who writes 0.1 means.
  const hair = 1e-12 * Math.max(Math.abs(given), Math.abs(due));
  return Math.abs(given - due) <= Math.max(tolerance, relative * Math.abs(due)) + hair;
}

/**
 * `numeric`: 1 where the answer is the expected number within a tolerance, else 0; also 0 where it
 * is no number. Throws `ScoringError` where the expected answer is no number.
 */
export function numericMetric(name: string, options: NumericOptions): Metric {
  return {
    name,
    description: 'Share of answers that are the expected number, within a tolerance.',
    needs: 'expected',
    score: async (output, example) => {
      const references = referencesOf(example, name);
      const numbers = references.map(reference => {
        const due = decimalIn(reference);
        if (due !== undefined) return due;
        throw new ScoringError(
          `Line ${example.line}: the expected answer ${quoted(reference)} is no number, which ${name} needs.`,
        );
      });
      const given = options.last ? lastNumber(output) : decimalIn(output);
      const isRight = given !== undefined && numbers.some(due => isNear(given, due, options));
      if (isRight) return { value: 1 };
      return { value: 0, feedback: expectedButGot(references[0] ?? '', output) };
    },
    aggregate: meanValue,
  };
}

/** The last number of a text; commas between groups of three digits do not count. */
export function lastNumber(text: string): number | undefined {
  const found = text.match(/-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[+-]?\d+)?/giu)?.at(-1);
  return found === undefined ? undefined : decimalIn(found.replaceAll(',', ''));
}
