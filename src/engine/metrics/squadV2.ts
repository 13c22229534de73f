import { RequestError } from '../core/errors.ts';
import { requirePairs } from './pairing.ts';
import { squadV2Score } from './squad.ts';

/** One question with its answer. */
export interface SquadRow {
  readonly prediction: string;
  /** Right answers; none where the question has no answer. */
  readonly golds: readonly string[];
  /** How sure the system is that there is no answer, 0..1. */
  readonly noAnswerProbability: number;
}

/** A question's scores, and whether it has an answer. */
interface Scored extends SquadRow {
  readonly exact: number;
  readonly f1: number;
  readonly hasAnswer: boolean;
}

/**
 * All figures of SQuAD 2.0 over rows, in percent and with the names of Hugging Face's `squad_v2`.
 * Throws `RequestError` for no rows.
 */
export function squadV2(
  rows: readonly SquadRow[],
  noAnswerThreshold = 1,
): Readonly<Record<string, number>> {
  requirePairs('squad_v2', rows, rows);
  const raw = rows.map((row): Scored => {
    if (!Number.isFinite(row.noAnswerProbability)) {
      throw new RequestError('squad_v2 needs a no-answer probability that is a number.');
    }
    return { ...row, ...squadV2Score(row.prediction, row.golds), hasAnswer: row.golds.length > 0 };
  });
  const decided = raw.map(row => {
    if (row.noAnswerProbability <= noAnswerThreshold) return row;
    const score = Number(!row.hasAnswer);
    return { ...row, exact: score, f1: score };
  });
  return {
    ...figuresOf(decided, ''),
    ...figuresOf(
      decided.filter(row => row.hasAnswer),
      'HasAns_',
    ),
    ...figuresOf(
      decided.filter(row => !row.hasAnswer),
      'NoAns_',
    ),
    ...bestThreshold(raw, 'exact'),
    ...bestThreshold(raw, 'f1'),
  };
}

function figuresOf(rows: readonly Scored[], prefix: string): Record<string, number> {
  if (rows.length === 0) return {};
  const percent = (kind: 'exact' | 'f1'): number =>
    (100 * rows.reduce((sum, row) => sum + row[kind], 0)) / rows.length;
  return {
    [`${prefix}exact`]: percent('exact'),
    [`${prefix}f1`]: percent('f1'),
    [`${prefix}total`]: rows.length,
  };
}

/** Answers are accepted one by one in the order of their probabilities; equal ones stay apart. */
function bestThreshold(rows: readonly Scored[], kind: 'exact' | 'f1'): Record<string, number> {
  let sum = rows.filter(row => !row.hasAnswer).length;
  let best = sum;
  let threshold = 0;
  const order = rows.toSorted((a, b) => a.noAnswerProbability - b.noAnswerProbability);
  for (const row of order) {
    if (row.hasAnswer) sum += row[kind];
    else if (row.prediction !== '') sum -= 1;
    if (sum > best) {
      best = sum;
      threshold = row.noAnswerProbability;
    }
  }
  return { [`best_${kind}`]: (100 * best) / rows.length, [`best_${kind}_thresh`]: threshold };
}
