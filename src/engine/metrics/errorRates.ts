import { RequestError } from '../core/errors.ts';
import type { Metric } from '../core/metric.ts';
import { referencesOf } from './expected.ts';
import { expectedButGot } from './feedback.ts';
import { levenshtein } from './levenshtein.ts';
import { requirePairs } from './pairing.ts';
import { spaceRuns, strip } from './pythonText.ts';
import { errorRate, valueOfError } from './scale.ts';
import { sumOf } from './statistic.ts';

/** Edits that turn an answer into the reference, and how long the reference is. */
export interface Edits {
  readonly edits: number;
  readonly length: number;
}

/** The units that an error rate counts. */
export type Unit = 'word' | 'character';

/**
 * Units of a text as jiwer 4 finds them: words between plain spaces, after runs of two and more
 * whitespace characters became one space (a single tab does not separate words); or code points,
 * spaces included. Outer whitespace is left away; case and punctuation count.
 */
export function unitsOf(text: string, unit: Unit): string[] {
  if (unit === 'character') return Array.from(strip(text));
  return strip(text.replace(spaceRuns, ' '))
    .split(' ')
    .filter(word => word !== '');
}

/** Levenshtein edits between answer and reference. */
export function editsOf(prediction: string, reference: string, unit: Unit): Edits {
  const due = unitsOf(reference, unit);
  return { edits: levenshtein(unitsOf(prediction, unit), due), length: due.length };
}

/**
 * Word or character error rate over rows, 0..∞: all edits over all reference units (jiwer 4, `wer`
 * and `cer` of Hugging Face evaluate). Throws `RequestError` where every reference is empty.
 */
export function errorRateOf(
  predictions: readonly string[],
  references: readonly string[],
  unit: Unit,
): number {
  requirePairs(unit === 'word' ? 'wer' : 'cer', predictions, references);
  const rows = predictions.map((text, row) => editsOf(text, references[row] ?? '', unit));
  const { edits, length } = sumOfEdits(rows);
  if (length === 0) {
    throw new RequestError('Every reference is empty, so there is nothing to divide the edits by.');
  }
  return edits / length;
}

/** Edits and lengths of rows together. */
export function sumOfEdits(rows: readonly Edits[]): Edits {
  let edits = 0;
  let length = 0;
  for (const row of rows) {
    edits += row.edits;
    length += row.length;
  }
  return { edits, length };
}

/** Against several references, the one with the lowest rate, the first of equal ones. */
function fewestEdits(prediction: string, references: readonly string[], unit: Unit): Edits {
  const rows = references.map(reference => editsOf(prediction, reference, unit));
  const rateOf = ({ edits, length }: Edits): number => edits / Math.max(length, 1);
  return rows.reduce((best, row) => (rateOf(row) < rateOf(best) ? row : best));
}

/** `wer` and `cer`: edits per unit of the reference; without any unit, the edits themselves. */
export function errorRateMetric(name: string, unit: Unit): Metric {
  const rateOf = ({ edits, length }: Edits): number => edits / Math.max(length, 1);
  return {
    name,
    description: `Edits by ${unit} per ${unit} of the expected answer; lower is better.`,
    needs: 'expected',
    ...errorRate,
    score: async (output, example) => {
      const references = referencesOf(example, name);
      const { edits, length } = fewestEdits(output, references, unit);
      const score = {
        value: valueOfError(rateOf({ edits, length })),
        statistic: { edits, length },
      };
      if (edits === 0) return score;
      return {
        ...score,
        feedback: `${expectedButGot(references[0] ?? '', output)} ${edits} edits.`,
      };
    },
    aggregate: scores =>
      valueOfError(
        rateOf({ edits: sumOf(scores, 'edits', name), length: sumOf(scores, 'length', name) }),
      ),
  };
}
