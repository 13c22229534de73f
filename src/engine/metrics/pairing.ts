import { RequestError } from '../core/errors.ts';

/** Throws `RequestError` where predictions and references are none or not equally many. */
export function requirePairs(
  metric: string,
  predictions: readonly unknown[],
  references: readonly unknown[],
): void {
  requireEqualLength(metric, predictions, references);
  if (predictions.length === 0) throw new RequestError(`${metric} needs at least one row.`);
}

/** Throws `RequestError` where predictions and references are not equally many. */
export function requireEqualLength(
  metric: string,
  predictions: readonly unknown[],
  references: readonly unknown[],
): void {
  if (predictions.length !== references.length) {
    throw new RequestError(
      `${metric} was given ${predictions.length} predictions and ${references.length} references; each prediction needs its own.`,
    );
  }
}

/** Throws `RequestError` where rows differ in their number of references, or have none. */
export function requireEqualReferences(
  metric: string,
  references: readonly (readonly string[])[],
): void {
  const count = references[0]?.length ?? 0;
  if (count === 0 || references.some(each => each.length !== count)) {
    throw new RequestError(`${metric} needs the same number of references for every row.`);
  }
}
