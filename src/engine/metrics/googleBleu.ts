import type { Metric } from '../core/metric.ts';
import { bleuTokens } from './bleuTokens.ts';
import { referencesOf } from './expected.ts';
import { expectedButGot } from './feedback.ts';
import { commonNgrams, ngramCounts } from './ngrams.ts';
import { requirePairs } from './pairing.ts';
import { figureIn } from './statistic.ts';

/** n-grams in common, and those of the longer text. */
export interface GoogleBleuCounts {
  readonly matches: number;
  readonly total: number;
}

/** Lengths of n-grams; 1 and 4 where absent. */
export interface GoogleBleuOptions {
  readonly min_len?: number;
  readonly max_len?: number;
}

/** The counts against the reference with the best ratio, the first of equal ones. */
export function googleBleuCounts(
  prediction: string,
  references: readonly string[],
  { min_len = 1, max_len = 4 }: GoogleBleuOptions = {},
): GoogleBleuCounts {
  const words = bleuTokens(prediction);
  let best: GoogleBleuCounts = { matches: 0, total: 0 };
  for (const reference of references) {
    const due = bleuTokens(reference);
    let matches = 0;
    let own = 0;
    let other = 0;
    for (let n = min_len; n <= max_len; n++) {
      matches += commonNgrams(ngramCounts(words, n), ngramCounts(due, n));
      own += Math.max(words.length - n + 1, 0);
      other += Math.max(due.length - n + 1, 0);
    }
    const total = Math.max(own, other);
    if (total > 0 && (best.total === 0 || matches / total > best.matches / best.total)) {
      best = { matches, total };
    }
  }
  return best;
}

/**
 * Google BLEU, 0..1 (Wu et al. 2016, section 4.1), as nltk's `corpus_gleu` over the 13a tokenizer:
 * sums over rows, 0 where there is nothing to sum. Throws `RequestError` for no rows.
 */
export function googleBleu(
  predictions: readonly string[],
  references: readonly (readonly string[])[],
  options: GoogleBleuOptions = {},
): number {
  requirePairs('google_bleu', predictions, references);
  return googleBleuOf(
    predictions.map((text, row) => googleBleuCounts(text, references[row] ?? [], options)),
  );
}

/** The figure of rows together. */
export function googleBleuOf(rows: readonly GoogleBleuCounts[]): number {
  let matches = 0;
  let total = 0;
  for (const row of rows) {
    matches += row.matches;
    total += row.total;
  }
  return total === 0 ? 0 : matches / total;
}

/** `google_bleu`: defined for single rows and for all of them. */
export function googleBleuMetric(name: string, options: GoogleBleuOptions): Metric {
  return {
    name,
    description: 'Google BLEU: n-grams in common over those of the longer text, 0 to 1.',
    needs: 'expected',
    score: async (output, example) => {
      const references = referencesOf(example, name);
      const { matches, total } = googleBleuCounts(output, references, options);
      const value = total === 0 ? 0 : matches / total;
      const statistic = { matches, total };
      if (value === 1) return { value, statistic };
      return { value, statistic, feedback: expectedButGot(references[0] ?? '', output) };
    },
    aggregate: scores =>
      googleBleuOf(
        scores.map(score => ({
          matches: figureIn(score, 'matches', name),
          total: figureIn(score, 'total', name),
        })),
      ),
  };
}
