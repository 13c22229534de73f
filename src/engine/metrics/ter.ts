import type { Metric } from '../core/metric.ts';
import { referencesOf } from './expected.ts';
import { expectedButGot } from './feedback.ts';
import { requireEqualReferences, requirePairs } from './pairing.ts';
import { valueOfError } from './scale.ts';
import { sumOf } from './statistic.ts';
import { editsWithShifts } from './terShifts.ts';
import { terTokens, type TerOptions } from './terTokens.ts';

/** Fewest edits of a row over its references, and their mean length in words. */
export interface TerEdits {
  readonly edits: number;
  readonly length: number;
}

/** Edits of one answer, shifts of runs of words included. */
export function terEdits(
  prediction: string,
  references: readonly string[],
  options: TerOptions = {},
): TerEdits {
  const words = terTokens(prediction, options);
  const due = references.map(reference => referenceTokens(reference, options));
  const length = due.reduce((sum, tokens) => sum + tokens.length, 0) / due.length;
  return { edits: Math.min(...due.map(tokens => editsWithShifts(words, tokens))), length };
}

/**
 * sacrebleu prepares references twice and answers once, which only its normalization tells: `it's` at
 * the end of a line is one word in an answer and two in a reference.
 */
function referenceTokens(reference: string, options: TerOptions): string[] {
  const tokens = terTokens(reference, options);
  return options.normalized ? terTokens(tokens.join(' '), options) : tokens;
}

/** Rate of edits and lengths, 0..∞: without any reference word 1 where there are edits, else 0. */
export function terRate({ edits, length }: TerEdits): number {
  return length > 0 ? edits / length : Math.sign(edits);
}

/**
 * Translation edit rate over rows (Snover et al. 2006) as sacrebleu 2.6.0 computes it: `score` is
 * 100 · edits / mean reference length. Throws `RequestError` for no rows and where rows differ in
 * their number of references.
 */
export function ter(
  predictions: readonly string[],
  references: readonly (readonly string[])[],
  options: TerOptions = {},
): { score: number; num_edits: number; ref_length: number } {
  requirePairs('ter', predictions, references);
  requireEqualReferences('ter', references);
  const rows = predictions.map((text, row) => terEdits(text, references[row] ?? [], options));
  const edits = rows.reduce((sum, row) => sum + row.edits, 0);
  const length = rows.reduce((sum, row) => sum + row.length, 0);
  return { score: 100 * terRate({ edits, length }), num_edits: edits, ref_length: length };
}

/** `ter`: edits per reference word in percent; what people are shown is 100 · edits / length. */
export function terMetric(name: string, options: TerOptions): Metric {
  return {
    name,
    description: 'TER: edits and shifts per 100 words of the expected answer; lower is better.',
    needs: 'expected',
    direction: 'lower',
    range: [0, Infinity],
    shown: value => 100 * (1 / value - 1),
    score: async (output, example) => {
      const references = referencesOf(example, name);
      const { edits, length } = terEdits(output, references, options);
      const score = {
        value: valueOfError(terRate({ edits, length })),
        statistic: { edits, length },
      };
      if (edits === 0) return score;
      return { ...score, feedback: expectedButGot(references[0] ?? '', output) };
    },
    aggregate: scores =>
      valueOfError(
        terRate({ edits: sumOf(scores, 'edits', name), length: sumOf(scores, 'length', name) }),
      ),
  };
}
