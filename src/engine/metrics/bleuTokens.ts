import { RequestError } from '../core/errors.ts';
import { splitWords, strip, withoutSpace } from './pythonText.ts';

/** Tokenizers of sacrebleu that need no model. */
export type BleuTokenizer = '13a' | 'intl' | 'zh' | 'char' | 'none';

/** The words that BLEU counts. Throws `RequestError` for a tokenizer that is unknown. */
export function bleuTokens(text: string, tokenizer = '13a'): string[] {
  const tokenize = tokenizers.get(tokenizer);
  if (!tokenize) {
    const known = [...tokenizers.keys()].join(', ');
    throw new RequestError(`There is no tokenizer "${tokenizer}". There are ${known}.`);
  }
  return tokenize(text);
}

/** The tokenizer of the NIST script mteval-v13a, as sacrebleu 2.6.0 and Hugging Face have it. */
function tokens13a(text: string): string[] {
  return marksApart(` ${unescaped(joined(text))} `);
}

function joined(text: string): string {
  return text.replaceAll('<skipped>', '').replaceAll('-\n', '').replaceAll('\n', ' ');
}

/** One after the other, so that `&amp;lt;` becomes `<`, as in the original. */
export function unescaped(text: string): string {
  if (!text.includes('&')) return text;
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');
}

function marksApart(text: string): string[] {
  return splitWords(numbersApart(text.replace(/[{-~[-` -&(-+:-@/]/gu, ' $& ')));
}

/** Splits off periods and commas that stand in no number, and dashes behind one. */
export function numbersApart(text: string): string {
  return text
    .replace(/([^0-9])([.,])/gu, '$1 $2 ')
    .replace(/([.,])([^0-9])/gu, ' $1 $2')
    .replace(/([0-9])(-)/gu, '$1 $2 ');
}

/** mteval-v14 with `--international-tokenization`: punctuation and symbols of any script. */
function tokensInternational(text: string): string[] {
  return splitWords(
    text
      .replace(/(\P{N})(\p{P})/gu, '$1 $2 ')
      .replace(/(\p{P})(\P{N})/gu, ' $1 $2')
      .replace(/\p{S}/gu, ' $& '),
  );
}

// Two ranges of the original are mistyped (U+20000 is read as U+2000 and "0"): curly quotes,
// arrows and box drawing count as Chinese, the ideographs beyond U+FFFF do not. Kept for parity.
const chinese =
  /[\u3400-\u4db5\u4e00-\u9fbb\uf900-\ufa2d\ufa30-\ufa6a\ufa70-\ufad9\u2001-\u2a6d\u2f81-\u2fa1\uff00-\uffef\u2e80-\u2eff\u3000-\u303f\u31c0-\u31ef\u2f00-\u2fdf\u2ff0-\u2fff\u3100-\u312f\u31a0-\u31bf\ufe10-\ufe1f\ufe30-\ufe4f\u2600-\u26ff\u2700-\u27bf\u3200-\u33ff]/gu;

function tokensChinese(text: string): string[] {
  return marksApart(strip(text).replace(chinese, ' $& '));
}

const tokenizers: ReadonlyMap<string, (text: string) => string[]> = new Map<
  BleuTokenizer,
  (text: string) => string[]
>([
  ['13a', tokens13a],
  ['intl', tokensInternational],
  ['zh', tokensChinese],
  ['char', text => Array.from(withoutSpace(text))],
  ['none', splitWords],
]);
