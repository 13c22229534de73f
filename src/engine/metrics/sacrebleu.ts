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
import { requireEqualReferences, requirePairs } from './pairing.ts';
import { stripEnd } from './pythonText.ts';
import { percentage } from './scale.ts';

/** Options as sacrebleu names them. */
export interface SacrebleuOptions {
  /** `13a` where absent. */
  readonly tokenize?: string;
  readonly lowercase?: boolean;
  /** What stands for orders without a match; `exp` where absent. */
  readonly smooth_method?: 'exp' | 'floor' | 'add-k' | 'none';
  /** 0.1 for `floor`, 1 for `add-k` where absent. */
  readonly smooth_value?: number;
  /** Mean over the orders that the answer is long enough for. */
  readonly use_effective_order?: boolean;
}

/** BLEU and its parts; `score` and `precisions` 0..100. */
export interface SacrebleuFigures {
  readonly score: number;
  readonly counts: readonly number[];
  readonly totals: readonly number[];
  readonly precisions: readonly number[];
  readonly bp: number;
  readonly sys_len: number;
  readonly ref_len: number;
}

const orders = 4;
const smoothings = ['exp', 'floor', 'add-k', 'none'];

/** Counts of one row, against the reference closest in length, the shorter of equally close ones. */
export function sacrebleuCounts(
  prediction: string,
  references: readonly string[],
  { tokenize = '13a', lowercase = false }: SacrebleuOptions = {},
): BleuCounts {
  const words = (text: string): string[] => {
    const ready = stripEnd(lowercase ? text.toLowerCase() : text);
    return bleuTokens(ready, tokenize);
  };
  return bleuCounts(words(prediction), references.map(words), orders, closest);
}

/** BLEU of sums as sacrebleu 2.6.0 (Post 2018) computes it. Throws `RequestError`. */
export function sacrebleuOf(sums: BleuCounts, options: SacrebleuOptions = {}): SacrebleuFigures {
  const { smooth_method = 'exp', smooth_value, use_effective_order = false } = options;
  if (!smoothings.includes(smooth_method)) {
    throw new RequestError(
      `There is no smoothing "${smooth_method}". There are ${smoothings.join(', ')}.`,
    );
  }
  const counts = [...sums.matches];
  const totals = [...sums.totals];
  const precisions = counts.map(() => 0);
  const { length: sys_len, referenceLength: ref_len } = sums;
  const bp = sys_len >= ref_len ? 1 : sys_len === 0 ? 0 : Math.exp(1 - ref_len / sys_len);
  const figures = { counts, totals, precisions, bp, sys_len, ref_len };
  if (counts.every(count => count === 0)) return { score: 0, ...figures };
  let reached = counts.length;
  let halvings = 1;
  for (let at = 0; at < counts.length; at++) {
    if (smooth_method === 'add-k' && at > 0) {
      counts[at] = (counts[at] ?? 0) + (smooth_value ?? 1);
      totals[at] = (totals[at] ?? 0) + (smooth_value ?? 1);
    }
    const count = counts[at] ?? 0;
    const total = totals[at] ?? 0;
    if (total === 0) break;
    if (use_effective_order) reached = at + 1;
    if (count > 0) precisions[at] = (100 * count) / total;
    else if (smooth_method === 'exp') precisions[at] = 100 / ((halvings *= 2) * total);
    else if (smooth_method === 'floor') precisions[at] = (100 * (smooth_value ?? 0.1)) / total;
  }
  const logs = precisions.slice(0, reached).map(logOf);
  const score = bp * Math.exp(logs.reduce((sum, log) => sum + log, 0) / reached);
  return { score, ...figures };
}

/** Corpus BLEU, 0..100. Throws `RequestError` also where rows differ in their number of references. */
export function sacrebleu(
  predictions: readonly string[],
  references: readonly (readonly string[])[],
  options: SacrebleuOptions = {},
): SacrebleuFigures {
  requirePairs('sacrebleu', predictions, references);
  requireEqualReferences('sacrebleu', references);
  const rows = predictions.map((text, row) =>
    sacrebleuCounts(text, references[row] ?? [], options),
  );
  return sacrebleuOf(sumOfCounts(rows, orders), options);
}

/** BLEU of one text, 0..100, over the orders that it is long enough for. */
export function sentenceBleu(
  prediction: string,
  references: readonly string[],
  options: SacrebleuOptions = {},
): SacrebleuFigures {
  return sacrebleuOf(sacrebleuCounts(prediction, references, options), {
    use_effective_order: true,
    ...options,
  });
}

/** `sacrebleu`: the corpus value from the rows' counts; a row's own value is its sentence BLEU. */
export function sacrebleuMetric(name: string, options: SacrebleuOptions): Metric {
  // Unknown options are refused here, before anything is paid.
  sentenceBleu('', [''], options);
  const countsIn = countsReader(orders, name);
  return {
    name,
    description: 'BLEU of sacrebleu: n-grams in common with the expected answer, 0 to 100.',
    needs: 'expected',
    ...percentage,
    score: async (output, example) => {
      const references = referencesOf(example, name);
      const counts = sacrebleuCounts(output, references, options);
      const { score } = sacrebleuOf(counts, { ...options, use_effective_order: true });
      const statistic = statisticOfCounts(counts);
      if (score > 100 - 1e-9) return { value: 1, statistic };
      const feedback = expectedButGot(references[0] ?? '', output);
      return { value: score / 100, statistic, feedback };
    },
    aggregate: scores => Math.min(1, sacrebleuOf(countsIn(scores), options).score / 100),
  };
}

function closest(lengths: readonly number[], own: number): number {
  let best = lengths[0] ?? 0;
  for (const length of lengths) {
    const gap = Math.abs(own - length);
    const bestGap = Math.abs(own - best);
    if (gap < bestGap || (gap === bestGap && length < best)) best = length;
  }
  return best;
}

/** sacrebleu's logarithm, in which log 0 is a very small number. */
function logOf(precision: number): number {
  return precision === 0 ? -9999999999 : Math.log(precision);
}
