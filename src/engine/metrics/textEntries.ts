import { bleuMetric } from './bleu.ts';
import { chrfMetric, type ChrfOptions } from './chrf.ts';
import { pearsonMetric, spearmanMetric } from './correlation.ts';
import type { Entries, Entry } from './entry.ts';
import { errorRateMetric } from './errorRates.ts';
import { googleBleuMetric } from './googleBleu.ts';
import { meteorMetric } from './meteor.ts';
import { numberErrorMetric } from './numbers.ts';
import { isOn, numbersIn, type OptionKinds, type OptionTexts } from './options.ts';
import { rougeMetric } from './rouge.ts';
import { sacrebleuMetric, type SacrebleuOptions } from './sacrebleu.ts';
import { squadMetric } from './squad.ts';
import { terMetric } from './ter.ts';
import { tokenF1Metric } from './tokenF1.ts';

const chrfKinds: OptionKinds = {
  char_order: 'number',
  word_order: 'number',
  beta: 'number',
  lowercase: 'switch',
  whitespace: 'switch',
  eps_smoothing: 'switch',
};

/** Metrics that compare an answer with an expected text or number by degrees. */
export const textEntries: Entries = {
  token_f1: { make: tokenF1Metric },
  squad: {
    options: { figure: ['f1', 'exact'] },
    make: (name, { figure }) => squadMetric(name, 'squad', figure === 'exact' ? 'exact' : 'f1'),
  },
  squad_v2: {
    options: { figure: ['f1', 'exact'] },
    make: (name, { figure }) => squadMetric(name, 'squad_v2', figure === 'exact' ? 'exact' : 'f1'),
  },
  bleu: {
    options: { max_order: 'number', smooth: 'switch' },
    make: (name, options) =>
      bleuMetric(name, { ...numbersIn(options, 'max_order'), smooth: isOn(options, 'smooth') }),
  },
  sacrebleu: {
    options: {
      tokenize: ['13a', 'intl', 'zh', 'char', 'none'],
      lowercase: 'switch',
      smooth_method: ['exp', 'floor', 'add-k', 'none'],
      smooth_value: 'number',
      use_effective_order: 'switch',
    },
    make: (name, options) => sacrebleuMetric(name, sacrebleuOptions(options)),
  },
  google_bleu: {
    options: { min_len: 'number', max_len: 'number' },
    make: (name, options) => googleBleuMetric(name, numbersIn(options, 'min_len', 'max_len')),
  },
  rouge1: rouge('rouge1'),
  rouge2: rouge('rouge2'),
  rougeL: rouge('rougeL'),
  rougeLsum: rouge('rougeLsum'),
  chrf: { options: chrfKinds, make: (name, options) => chrfMetric(name, chrfOptions(options)) },
  'chrf++': {
    options: chrfKinds,
    make: (name, options) => chrfMetric(name, { word_order: 2, ...chrfOptions(options) }),
  },
  ter: {
    options: {
      normalized: 'switch',
      ignore_punct: 'switch',
      support_zh_ja_chars: 'switch',
      case_sensitive: 'switch',
    },
    make: (name, options) =>
      terMetric(name, {
        normalized: isOn(options, 'normalized'),
        ignore_punct: isOn(options, 'ignore_punct'),
        support_zh_ja_chars: isOn(options, 'support_zh_ja_chars'),
        case_sensitive: isOn(options, 'case_sensitive'),
      }),
  },
  wer: { make: name => errorRateMetric(name, 'word') },
  cer: { make: name => errorRateMetric(name, 'character') },
  meteor_no_wordnet: {
    options: { alpha: 'number', beta: 'number', gamma: 'number' },
    make: (name, options) => meteorMetric(name, numbersIn(options, 'alpha', 'beta', 'gamma')),
  },
  mae: {
    make: name =>
      numberErrorMetric(name, 'Mean absolute error of numbers; lower is better.', Math.abs),
  },
  mse: {
    make: name =>
      numberErrorMetric(name, 'Mean squared error of numbers; lower is better.', squared),
  },
  rmse: {
    make: name =>
      numberErrorMetric(
        name,
        'Root of the mean squared error of numbers; lower is better.',
        squared,
        Math.sqrt,
      ),
  },
  pearson: { make: pearsonMetric },
  spearman: { make: spearmanMetric },
};

function rouge(type: string): Entry {
  return {
    options: { use_stemmer: 'switch' },
    make: (name, options) => rougeMetric(name, type, isOn(options, 'use_stemmer')),
  };
}

function squared(error: number): number {
  return error * error;
}

function chrfOptions(options: OptionTexts): ChrfOptions {
  return {
    ...numbersIn(options, 'char_order', 'word_order', 'beta'),
    lowercase: isOn(options, 'lowercase'),
    whitespace: isOn(options, 'whitespace'),
    eps_smoothing: isOn(options, 'eps_smoothing'),
  };
}

function sacrebleuOptions(options: OptionTexts): SacrebleuOptions {
  const { tokenize, smooth_method } = options;
  return {
    ...(tokenize ? { tokenize } : {}),
    ...(smooth_method ? { smooth_method: smooth_method as 'exp' } : {}),
    ...numbersIn(options, 'smooth_value'),
    lowercase: isOn(options, 'lowercase'),
    use_effective_order: isOn(options, 'use_effective_order'),
  };
}
