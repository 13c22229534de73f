import { RequestError } from '../core/errors.ts';
import type { Metric } from '../core/metric.ts';
import {
  bleuCounts,
  countsReader,
  statisticOfCounts,
  sumOfCounts,
  type BleuCounts,
} from './bleuCounts.ts';
import { bleuTokens } from './bleuTokens.ts';
import { referencesOf } from './expected.ts';
import { expectedButGot } from './feedback.ts';
import { requirePairs } from './pairing.ts';
import { sacrebleuOf } from './sacrebleu.ts';

/** Options of Hugging Face's `bleu`. */
export interface BleuOptions {
  /** Longest n-gram; 4 where absent. */
  readonly max_order?: number;
  /** Adds one to matches and totals of every order. */
  readonly smooth?: boolean;
}

/** BLEU and its parts, each 0..1 except lengths. */
export interface BleuFigures {
  readonly bleu: number;
  readonly precisions: readonly number[];
  readonly brevity_penalty: number;
  readonly length_ratio: number;
  readonly translation_length: number;
  readonly reference_length: number;
}

/**
 * BLEU of sums, 0..1 (Papineni et al. 2002), as the script of tensorflow/nmt that Hugging Face
 * evaluate uses: the geometric mean of the precisions with a penalty for short answers. 0 where
 * a precision or a length is 0.
 */
export function bleuOf(sums: BleuCounts, smooth = false): BleuFigures {
  const extra = smooth ? 1 : 0;
  const precisions = sums.matches.map((match, at) => {
    const total = (sums.totals[at] ?? 0) + extra;
    return total === 0 ? 0 : (match + extra) / total;
  });
  const logs = precisions.reduce((sum, share) => sum + Math.log(share) / precisions.length, 0);
  const ratio = sums.referenceLength === 0 ? 0 : sums.length / sums.referenceLength;
  const penalty = ratio > 1 ? 1 : ratio === 0 ? 0 : Math.exp(1 - 1 / ratio);
  return {
    bleu: Math.min(...precisions) > 0 ? Math.exp(logs) * penalty : 0,
    precisions,
    brevity_penalty: penalty,
    length_ratio: ratio,
    translation_length: sums.length,
    reference_length: sums.referenceLength,
  };
}

/**
 * BLEU over rows as Hugging Face evaluate 0.4.6 computes it. Throws `RequestError` where all
 * answers or all (shortest) references are empty.
 */
export function bleu(
  predictions: readonly string[],
  references: readonly (readonly string[])[],
  { max_order = 4, smooth = false }: BleuOptions = {},
): BleuFigures {
  requirePairs('bleu', predictions, references);
  const rows = predictions.map((text, row) => countsOf(text, references[row] ?? [], max_order));
  const sums = sumOfCounts(rows, max_order);
  if (sums.length === 0 || sums.referenceLength === 0) {
    throw new RequestError('bleu needs at least one word in the answers and in the references.');
  }
  return bleuOf(sums, smooth);
}

/**
 * `bleu`: the corpus value from the rows' counts. A row's own value is sacrebleu's sentence BLEU of
 * the same counts, which is defined for short and empty answers too.
 */
export function bleuMetric(name: string, { max_order = 4, smooth = false }: BleuOptions): Metric {
  const countsIn = countsReader(max_order, name);
  return {
    name,
    description: 'BLEU of Hugging Face: n-grams in common with the expected answer, 0 to 1.',
    needs: 'expected',
    score: async (output, example) => {
      const references = referencesOf(example, name);
      const counts = countsOf(output, references, max_order);
      const { score } = sacrebleuOf(counts, { use_effective_order: true });
      const value = Math.min(1, score / 100);
      const statistic = statisticOfCounts(counts);
      if (value > 1 - 1e-12) return { value: 1, statistic };
      return { value, statistic, feedback: expectedButGot(references[0] ?? '', output) };
    },
    aggregate: scores => bleuOf(countsIn(scores), smooth).bleu,
  };
}

/** Counts of one row against its shortest reference's length. */
function countsOf(text: string, references: readonly string[], maxOrder: number): BleuCounts {
  const due = references.map(reference => bleuTokens(reference));
  return bleuCounts(bleuTokens(text), due, maxOrder, lengths => Math.min(...lengths));
}
