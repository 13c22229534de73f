import type { Resample } from '../../src/engine/core/statistics/bootstrap.ts';
import { sumOfCounts } from '../../src/engine/metrics/bleuCounts.ts';
import { chrfCounts, chrfOf, sumOfChrf } from '../../src/engine/metrics/chrf.ts';
import { sacrebleuCounts, sacrebleuOf } from '../../src/engine/metrics/sacrebleu.ts';
import { terEdits, terRate } from '../../src/engine/metrics/ter.ts';
import { resamplesOf } from './resamples.ts';
import { referenceLists, textsOf, type Figures, type Vector } from './vector.ts';

/**
 * Corpus scores of two systems, and mean and half width of the system's resampled ones, as the
 * paired bootstrap of sacrebleu reports them: all from sums of rows.
 */
export function corpusScores(vector: Vector): Figures {
  const references = referenceLists(vector.references);
  const score = (texts: string[]): ((rows: Resample) => number) =>
    scorer(String(vector.options['metric']), texts, references);
  const system = score(textsOf(vector.predictions));
  const all = references.map((_, row) => row);
  const drawn = Array.from(resamplesOf(vector.options['resample'], all.length), rows =>
    system([...rows]),
  ).sort((a, b) => a - b);
  const cut = Math.floor(drawn.length / 40);
  const width = (drawn[drawn.length - cut - 1] ?? NaN) - (drawn[cut] ?? NaN);
  return {
    baseline_score: score(textsOf(vector.baseline))(all),
    system_score: system(all),
    mean: drawn.reduce((sum, value) => sum + value, 0) / drawn.length,
    ci_half_width: width / 2,
  };
}

function scorer(
  metric: string,
  texts: readonly string[],
  references: readonly string[][],
): (rows: Resample) => number {
  const rowsOf = <Row>(compute: (text: string, due: string[]) => Row): Row[] =>
    texts.map((text, row) => compute(text, references[row] ?? []));
  const pick = <Row>(rows: readonly Row[], places: Resample): Row[] =>
    Array.from(places, place => rows[place]).filter(row => row !== undefined);
  if (metric === 'BLEU') {
    const rows = rowsOf((text, due) => sacrebleuCounts(text, due));
    return places => sacrebleuOf(sumOfCounts(pick(rows, places), 4)).score;
  }
  if (metric === 'TER') {
    const rows = rowsOf((text, due) => terEdits(text, due));
    return places => {
      const drawn = pick(rows, places);
      const edits = drawn.reduce((sum, row) => sum + row.edits, 0);
      return 100 * terRate({ edits, length: drawn.reduce((sum, row) => sum + row.length, 0) });
    };
  }
  const options = { word_order: metric === 'chrF++' || metric === 'chrF2++' ? 2 : 0 };
  const rows = rowsOf((text, due) => chrfCounts(text, due, options));
  return places => chrfOf(sumOfChrf(pick(rows, places)), options);
}
