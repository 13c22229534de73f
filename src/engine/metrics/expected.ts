import { ScoringError } from '../core/errors.ts';
import type { Example } from '../core/example.ts';

/** The expected answer of a row. Throws `ScoringError` where it has none. */
export function expectedOf(example: Example, metric: string): string {
  if (example.expected === undefined) {
    throw new ScoringError(`Line ${example.line} has no expected answer, which ${metric} needs.`);
  }
  return example.expected;
}

/** The expected answers of a row, never none. Throws `ScoringError` where it has none. */
export function referencesOf(example: Example, metric: string): readonly string[] {
  const { references } = example;
  return references && references.length > 0 ? references : [expectedOf(example, metric)];
}
