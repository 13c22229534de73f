import { confusionMatrix } from './confusionMatrix.ts';
import { labelsOf, type Label, type LabelPair } from './labels.ts';

/** Options as scikit-learn names them. */
export interface KappaOptions<L extends Label = Label> {
  /** Order of the labels, which weights depend on; sorted where absent. */
  readonly labels?: readonly L[];
  /** How much worse a miss by several places is; every miss is alike where absent. */
  readonly weights?: 'linear' | 'quadratic';
}

/**
 * Cohen's kappa (1960; weighted 1968): agreement of two raters beyond chance, −1..1, as
 * `cohen_kappa_score` of scikit-learn. NaN where both use one and the same label only.
 */
export function cohensKappa<L extends Label>(
  pairs: readonly LabelPair<L>[],
  { labels = labelsOf(pairs), weights }: KappaOptions<L> = {},
): number {
  const matrix = confusionMatrix(pairs, { labels });
  const rows = matrix.map(row => row.reduce((sum, count) => sum + count, 0));
  const columns = matrix.map((_, column) =>
    matrix.reduce((sum, row) => sum + (row[column] ?? 0), 0),
  );
  const whole = rows.reduce((sum, count) => sum + count, 0);
  let observed = 0;
  let byChance = 0;
  matrix.forEach((row, at) => {
    row.forEach((count, column) => {
      const apart = Math.abs(at - column);
      const weight =
        weights === 'quadratic' ? apart * apart : weights === 'linear' ? apart : Math.sign(apart);
      observed += weight * count;
      byChance += (weight * (rows[at] ?? 0) * (columns[column] ?? 0)) / whole;
    });
  });
  return 1 - observed / byChance;
}
