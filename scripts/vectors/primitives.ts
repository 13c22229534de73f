import { bleuTokens } from '../../src/engine/metrics/bleuTokens.ts';
import { chrfWords } from '../../src/engine/metrics/chrf.ts';
import { levenshtein } from '../../src/engine/metrics/levenshtein.ts';
import { porterStem } from '../../src/engine/metrics/porterStem.ts';
import { splitWords, strip, stripEnd } from '../../src/engine/metrics/pythonText.ts';
import { rougeTokens } from '../../src/engine/metrics/rouge.ts';
import { terTokens } from '../../src/engine/metrics/terTokens.ts';
import { squadTokens } from '../../src/engine/metrics/tokenF1.ts';
import { treebankTokens } from '../../src/engine/metrics/treebankTokens.ts';
import { textsOf, type Computation } from './vector.ts';

function tokens(tokenize: (text: string) => string[]): Computation {
  return ({ predictions }) => ({ tokens: tokenize(String(predictions)) });
}

/** The building blocks of the metrics, to find where a figure goes wrong. */
export const primitives: Readonly<Record<string, Computation>> = {
  py_split: ({ predictions }) => {
    const text = String(predictions);
    return {
      tokens: splitWords(text),
      stripped: strip(text),
      rstripped: stripEnd(text),
      lower: text.toLowerCase(),
      code_points: Array.from(text).length,
    };
  },
  squad_normalize: ({ predictions }) => ({ text: squadTokens(String(predictions)).join(' ') }),
  tokenize_13a: tokens(text => bleuTokens(text)),
  tokenize_13a_sacrebleu: tokens(text => bleuTokens(stripEnd(text))),
  tokenize_intl: tokens(text => bleuTokens(stripEnd(text), 'intl')),
  tokenize_zh: tokens(text => bleuTokens(stripEnd(text), 'zh')),
  tokenize_char: tokens(text => bleuTokens(stripEnd(text), 'char')),
  tokenize_ter: ({ predictions, options }) => ({
    tokens: terTokens(String(predictions), {
      normalized: options['normalized'] === true,
      ignore_punct: options['no_punct'] === true,
      support_zh_ja_chars: options['asian_support'] === true,
      case_sensitive: options['case_sensitive'] === true,
    }),
  }),
  tokenize_rouge: ({ predictions, options }) => ({
    tokens: rougeTokens(String(predictions), options['use_stemmer'] === true),
  }),
  nltk_word_tokenize: tokens(treebankTokens),
  nltk_sent_tokenize: tokens(text => [text]),
  chrf_words: tokens(chrfWords),
  porter_stem: ({ predictions }) => ({ tokens: textsOf(predictions).map(porterStem) }),
  levenshtein: ({ predictions }) => {
    const [left = [], right = []] = (predictions as (string | string[])[]).map(text =>
      Array.from(text),
    );
    const distance = levenshtein(left, right);
    const longest = Math.max(left.length, right.length);
    return { distance, normalized_similarity: longest === 0 ? 1 : 1 - distance / longest };
  },
};
