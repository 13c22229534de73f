import type { LabelCounts } from '../core/breakdown.ts';
import { RequestError } from '../core/errors.ts';
import { labelsOf, type Label, type LabelPair } from './labels.ts';

/** Options as scikit-learn names them. */
export interface ConfusionOptions<L extends Label = Label> {
  /** Labels in the order of rows and columns; all of either side, sorted, where absent. */
  readonly labels?: readonly L[];
  /** Shares of the row (`true`), the column (`pred`) or everything (`all`) in place of counts. */
  readonly normalize?: 'true' | 'pred' | 'all';
}

/**
 * Rows are expected labels, columns predicted ones (`confusion_matrix` of scikit-learn). Pairs with
 * a side outside of `labels` are left away; 0/0 is 0. Throws `RequestError` where no expected label
 * is among `labels`.
 */
export function confusionMatrix<L extends Label>(
  pairs: readonly LabelPair<L>[],
  { labels = labelsOf(pairs), normalize }: ConfusionOptions<L> = {},
): number[][] {
  const places = new Map(labels.map((label, at) => [label, at]));
  if (pairs.length > 0 && !pairs.some(({ expected }) => places.has(expected))) {
    throw new RequestError('None of the labels to be counted is among the expected ones.');
  }
  const matrix = labels.map(() => labels.map(() => 0));
  for (const { expected, predicted, weight = 1 } of pairs) {
    const row = matrix[places.get(expected) ?? -1];
    const column = places.get(predicted) ?? -1;
    if (row && column >= 0) row[column] = (row[column] ?? 0) + weight;
  }
  return normalize ? shares(matrix, normalize) : matrix;
}

/** The matrix over the expected labels, with every other prediction in a column of its own. */
export function confusionTable(pairs: readonly LabelPair<string>[]): LabelCounts {
  const labels = labelsOf(pairs.map(({ expected }) => ({ expected, predicted: expected })));
  const counts = confusionMatrix(pairs, { labels });
  const others = labels.map((label, row) => {
    const due = pairs.filter(({ expected }) => expected === label).length;
    return due - (counts[row] ?? []).reduce((sum, count) => sum + count, 0);
  });
  return { labels, counts, others };
}

function shares(matrix: readonly number[][], of: 'true' | 'pred' | 'all'): number[][] {
  const rowSums = matrix.map(row => row.reduce((sum, count) => sum + count, 0));
  const columnSums = matrix.map((_, column) =>
    matrix.reduce((sum, row) => sum + (row[column] ?? 0), 0),
  );
  const whole = rowSums.reduce((sum, count) => sum + count, 0);
  return matrix.map((row, at) =>
    row.map((count, column) => {
      const sum = { true: rowSums[at], pred: columnSums[column], all: whole }[of] ?? 0;
      return sum === 0 ? 0 : count / sum;
    }),
  );
}
