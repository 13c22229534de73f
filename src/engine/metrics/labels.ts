import { RequestError } from '../core/errors.ts';

/** A class. The number 1 and the text "1" are two labels. */
export type Label = string | number;

/** One row of a classification. */
export interface LabelPair<L extends Label = Label> {
  readonly expected: L;
  readonly predicted: L;
  /** How much the row counts; 1 where absent. */
  readonly weight?: number;
}

/** Pairs from two lists, with a weight for each row where given. Throws `RequestError`. */
export function labelPairs<L extends Label>(
  predicted: readonly L[],
  expected: readonly L[],
  weights?: readonly number[],
): LabelPair<L>[] {
  if (predicted.length !== expected.length || (weights && weights.length !== expected.length)) {
    throw new RequestError(
      `${predicted.length} predicted labels do not fit ${expected.length} expected ones${weights ? ` and ${weights.length} weights` : ''}.`,
    );
  }
  return expected.map((label, row) => ({
    expected: label,
    predicted: predicted[row] ?? label,
    ...(weights ? { weight: weights[row] ?? 1 } : {}),
  }));
}

/** All labels of either side: numbers in their order, then texts by code point, as Python sorts. */
export function labelsOf<L extends Label>(pairs: readonly LabelPair<L>[]): L[] {
  const labels = new Set<L>();
  for (const { expected, predicted } of pairs) labels.add(expected).add(predicted);
  return [...labels].sort(compareLabels);
}

/** Order of labels; JavaScript's own compares UTF-16 units and sorts numbers as texts. */
export function compareLabels(left: Label, right: Label): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'number') return -1;
  if (typeof right === 'number') return 1;
  return compareText(left, right);
}

function compareText(left: string, right: string): number {
  for (let at = 0; at < left.length && at < right.length; at++) {
    if (left.charCodeAt(at) !== right.charCodeAt(at)) {
      // A surrogate pair stands above every single unit, which its halves alone do not say.
      return (left.codePointAt(at) ?? 0) - (right.codePointAt(at) ?? 0);
    }
  }
  return left.length - right.length;
}
