import { bleu } from '../../src/engine/metrics/bleu.ts';
import { chrf, type ChrfOptions } from '../../src/engine/metrics/chrf.ts';
import {
  editsOf,
  errorRateOf,
  sumOfEdits,
  type Unit,
} from '../../src/engine/metrics/errorRates.ts';
import { googleBleu } from '../../src/engine/metrics/googleBleu.ts';
import {
  meanMeteorWithoutWordnet,
  meteorWithoutWordnet,
  type MeteorOptions,
} from '../../src/engine/metrics/meteor.ts';
import { requireEqualLength, requirePairs } from '../../src/engine/metrics/pairing.ts';
import { bestRouge } from '../../src/engine/metrics/rouge.ts';
import { sacrebleu, sentenceBleu } from '../../src/engine/metrics/sacrebleu.ts';
import { squadScore } from '../../src/engine/metrics/squad.ts';
import { squadV2 } from '../../src/engine/metrics/squadV2.ts';
import { ter } from '../../src/engine/metrics/ter.ts';
import { referenceLists, textsOf, type Computation, type Figures, type Vector } from './vector.ts';

interface SquadPrediction {
  readonly id: string;
  readonly prediction_text: string;
  readonly no_answer_probability: number;
}

interface SquadReference {
  readonly id: string;
  readonly answers: { readonly text: readonly string[] };
}

const rougeTypes = ['rouge1', 'rouge2', 'rougeL', 'rougeLsum'];

export const texts: Readonly<Record<string, Computation>> = {
  bleu: ({ predictions, references, options }) => ({
    ...bleu(textsOf(predictions), referenceLists(references), options),
  }),
  google_bleu: ({ predictions, references, options }) => ({
    google_bleu: googleBleu(textsOf(predictions), referenceLists(references), options),
  }),
  sacrebleu: ({ predictions, references, options }) => ({
    ...sacrebleu(textsOf(predictions), referenceLists(references), options),
  }),
  sacrebleu_sentence: ({ predictions, references, options }) => ({
    ...sentenceBleu(String(predictions), textsOf(references), options),
  }),
  rouge_full: vector => ({
    ...Object.fromEntries(
      typesOf(vector).map(type => {
        const scores = rougeRows(vector, type);
        return [type, scores[0]];
      }),
    ),
  }),
  rouge: vector => {
    const lists = typesOf(vector).map(type => {
      const values = rougeRows(vector, type).map(score => score.fmeasure);
      return [type, values] as const;
    });
    const means = lists.map(([type, values]) => [type, meanOf(values)]);
    return { ...Object.fromEntries(lists), mean: Object.fromEntries(means) as Figures };
  },
  rouge_aggregated: vector =>
    Object.fromEntries(
      typesOf(vector).map(type => [
        type,
        meanOf(rougeRows(vector, type).map(score => score.fmeasure)),
      ]),
    ),
  meteor: ({ predictions, references, options }) => {
    const answers = textsOf(predictions);
    const lists = referenceLists(references);
    return {
      meteor_no_wordnet: meanMeteorWithoutWordnet(answers, lists, options),
      per_item_no_wordnet: answers.map((text, row) =>
        meteorWithoutWordnet(text, lists[row] ?? [], options as MeteorOptions),
      ),
    };
  },
  chrf: ({ predictions, references, options }) => {
    const chosen = options as ChrfOptions;
    return {
      score: chrf(textsOf(predictions), referenceLists(references), chosen),
      char_order: chosen.char_order ?? 6,
      word_order: chosen.word_order ?? 0,
      beta: chosen.beta ?? 2,
    };
  },
  ter: ({ predictions, references, options }) => ({
    ...ter(textsOf(predictions), referenceLists(references), options),
  }),
  wer: vector => ({ wer: rateOf(vector, 'word') }),
  cer: vector => ({ cer: rateOf(vector, 'character') }),
  jiwer_words: vector => ({ wer: rateOf(vector, 'word'), edits: editCount(vector, 'word') }),
  jiwer_characters: vector => ({
    cer: rateOf(vector, 'character'),
    edits: editCount(vector, 'character'),
  }),
  squad: vector => {
    const rows = questions(vector);
    const scores = rows.map(({ prediction, golds }) =>
      prediction ? squadScore(prediction.prediction_text, golds) : { exact: 0, f1: 0 },
    );
    requirePairs('squad', scores, scores);
    return {
      exact_match: 100 * meanOf(scores.map(score => score.exact)),
      f1: 100 * meanOf(scores.map(score => score.f1)),
    };
  },
  squad_v2: vector => ({
    ...squadV2(
      questions(vector).map(({ prediction, golds }) => ({
        prediction: prediction?.prediction_text ?? '',
        golds,
        // The reference stores probabilities as float32.
        noAnswerProbability: Math.fround(prediction?.no_answer_probability ?? 0),
      })),
      vector.options['no_answer_threshold'] as number | undefined,
    ),
  }),
};

/** jiwer over whole lists answers the insertions where every reference is empty. */
function rateOf(vector: Vector, unit: Unit): number {
  const predictions = textsOf(vector.predictions);
  const references = textsOf(vector.references);
  const whole = vector.options['concatenate_texts'] === true || vector.metric.startsWith('jiwer_');
  if (!whole) return errorRateOf(predictions, references, unit);
  requirePairs('wer', predictions, references);
  const { edits, length } = sumOfEdits(
    predictions.map((text, row) => editsOf(text, references[row] ?? '', unit)),
  );
  return length === 0 ? edits : edits / length;
}

function editCount(vector: Vector, unit: Unit): number {
  const references = textsOf(vector.references);
  return sumOfEdits(
    textsOf(vector.predictions).map((text, row) => editsOf(text, references[row] ?? '', unit)),
  ).edits;
}

function typesOf(vector: Vector): string[] {
  return (vector.options['rouge_types'] as string[] | undefined) ?? rougeTypes;
}

function rougeRows(vector: Vector, type: string): ReturnType<typeof bestRouge>[] {
  const predictions = textsOf(vector.predictions);
  const references = referenceLists(vector.references);
  requireEqualLength('rouge', predictions, references);
  const stemmer = vector.options['use_stemmer'] === true;
  return predictions.map((text, row) => bestRouge(type, text, references[row] ?? [], stemmer));
}

/** Questions with their answers; of several answers with one id the last counts. */
function questions(vector: Vector): { prediction?: SquadPrediction; golds: readonly string[] }[] {
  const predictions = vector.predictions as SquadPrediction[];
  const references = vector.references as SquadReference[];
  requireEqualLength('squad', predictions, references);
  const byId = new Map(predictions.map(each => [each.id, each]));
  return references.map(({ id, answers }) => {
    const prediction = byId.get(id);
    return { golds: answers.text, ...(prediction ? { prediction } : {}) };
  });
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
