import { RequestError } from '../../src/engine/core/errors.ts';
import { accuracy } from '../../src/engine/metrics/accuracy.ts';
import { cohensKappa, type KappaOptions } from '../../src/engine/metrics/cohensKappa.ts';
import {
  confusionMatrix,
  type ConfusionOptions,
} from '../../src/engine/metrics/confusionMatrix.ts';
import { confusionReport } from '../../src/engine/metrics/confusionText.ts';
import { exactMatch, type ExactMatchOptions } from '../../src/engine/metrics/exactMatch.ts';
import {
  labelPairs,
  labelsOf,
  type Label,
  type LabelPair,
} from '../../src/engine/metrics/labels.ts';
import { matthewsCorrelation } from '../../src/engine/metrics/matthewsCorrelation.ts';
import { requireEqualLength } from '../../src/engine/metrics/pairing.ts';
import {
  averagedScores,
  labelScores,
  type AverageOptions,
} from '../../src/engine/metrics/precisionRecallF1.ts';
import { textsOf, type Computation, type Figures, type Vector } from './vector.ts';

export const classification: Readonly<Record<string, Computation>> = {
  exact_match: vector => {
    const [predictions, references] = [vector.predictions, vector.references].map(pythonTexts);
    requireEqualLength('exact_match', predictions ?? [], references ?? []);
    const items = (predictions ?? []).map((text, row) =>
      Number(exactMatch(text, references?.[row] ?? '', vector.options as ExactMatchOptions)),
    );
    const sum = items.reduce((total, item) => total + item, 0);
    return { exact_match: sum / items.length, per_item: items };
  },
  accuracy: vector => {
    const pairs = pairsOf(vector);
    const normalize = vector.options['normalize'] !== false;
    return { accuracy: accuracy(pairs, { normalize }) };
  },
  precision: vector => averaged(vector, 'precision'),
  recall: vector => averaged(vector, 'recall'),
  f1: vector => averaged(vector, 'f1'),
  matthews_correlation: vector => {
    const rows = vector.references as unknown[];
    if (!Array.isArray(rows[0]))
      return { matthews_correlation: matthewsCorrelation(pairsOf(vector)) };
    const { average } = vector.options;
    if (average !== undefined && average !== null && average !== 'macro') {
      throw new RequestError('Several labels in a row are averaged by macro or not at all.');
    }
    const columns = rows[0].map((_, column) =>
      matthewsCorrelation(
        labelPairs(columnOf(vector.predictions, column), columnOf(rows, column), weightsOf(vector)),
      ),
    );
    const mean = columns.reduce((sum, value) => sum + value, 0) / columns.length;
    return { matthews_correlation: average === 'macro' ? mean : columns };
  },
  cohens_kappa: vector => {
    const { weights } = vector.options;
    if (![undefined, null, 'linear', 'quadratic'].includes(weights as string)) {
      throw new RequestError('Weights of kappa are linear or quadratic.');
    }
    const options = { ...labelsGiven(vector), ...(weights ? { weights } : {}) } as KappaOptions;
    return { kappa: cohensKappa(pairsOf(vector), options) };
  },
  confusion_matrix: vector => {
    const pairs = pairsOf(vector);
    const { normalize } = vector.options;
    if (![undefined, null, 'true', 'pred', 'all'].includes(normalize as string)) {
      throw new RequestError('A matrix is normalized by true, pred or all.');
    }
    const options = { ...labelsGiven(vector), ...(normalize ? { normalize } : {}) };
    const labels = (vector.options['labels'] as Label[] | undefined) ?? labelsOf(pairs);
    return { labels, confusion_matrix: confusionMatrix(pairs, options as ConfusionOptions) };
  },
  autoprompt_confusion: vector => {
    const predictions = textsOf(vector.predictions);
    const references = textsOf(vector.references);
    const report = confusionReport(
      predictions,
      references,
      textsOf(vector.options['label_schema']),
    );
    return {
      mean_score: report.meanScore,
      confusion_matrix: report.matrix,
      text: report.text,
      num_errors: report.errors,
      num_rows: report.rows,
    };
  },
};

function averaged(vector: Vector, kind: 'precision' | 'recall' | 'f1'): Figures {
  const pairs = pairsOf(vector);
  const { average = 'binary', zero_division, pos_label = 1 } = vector.options;
  const zeroDivision = zero_division === undefined || zero_division === 'warn' ? 0 : zero_division;
  const { labels } = labelsGiven(vector);
  if (average === null) {
    const scores = labelScores(pairs, labels, Number(zeroDivision)).map(score => score[kind]);
    return { [kind]: scores.length === 1 ? scores[0] : scores };
  }
  const options = {
    average,
    pos_label,
    zero_division: zeroDivision,
    ...(labels ? { labels } : {}),
  };
  return { [kind]: averagedScores(pairs, options as AverageOptions)[kind] };
}

function pairsOf(vector: Vector): LabelPair[] {
  const [predictions, references] = [vector.predictions, vector.references].map(value =>
    (value as unknown[]).map(label => labelOf(label, vector)),
  );
  return labelPairs(predictions ?? [], references ?? [], weightsOf(vector));
}

/** Hugging Face stores labels as int32; a text that is no number stays what it is. */
function labelOf(label: unknown, { produced_by }: Vector): Label {
  if (Array.isArray(label)) return JSON.stringify(label);
  if (!produced_by?.startsWith('evaluate'))
    return typeof label === 'boolean' ? Number(label) : (label as Label);
  const number = Number(label);
  return Number.isNaN(number) ? String(label) : Math.trunc(number);
}

function columnOf(rows: unknown, column: number): Label[] {
  return (rows as Label[][]).map(row => row[column] ?? 0);
}

function weightsOf(vector: Vector): number[] | undefined {
  return (vector.options['sample_weight'] as number[] | null | undefined) ?? undefined;
}

function labelsGiven(vector: Vector): { labels?: Label[] } {
  const labels = vector.options['labels'] as Label[] | null | undefined;
  return labels ? { labels } : {};
}

/** As the storage of Hugging Face does: the first must be a text, the rest become texts. */
function pythonTexts(value: unknown): string[] {
  const list = value as unknown[];
  if (list.length > 0 && typeof list[0] !== 'string') throw new RequestError('Texts are needed.');
  return list.map(each => {
    if (each === null) return 'None';
    if (typeof each === 'boolean') return each ? 'True' : 'False';
    return typeof each === 'string' ? each : JSON.stringify(each);
  });
}
