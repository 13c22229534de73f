import { numbersApart, unescaped } from './bleuTokens.ts';
import { splitWords, stripEnd } from './pythonText.ts';

/** Options as Hugging Face's `ter` names them; all off where absent. */
export interface TerOptions {
  readonly normalized?: boolean;
  readonly ignore_punct?: boolean;
  /** Only together with one of the other two. */
  readonly support_zh_ja_chars?: boolean;
  readonly case_sensitive?: boolean;
}

/** The words that TER compares, as the Tercom tokenizer of sacrebleu 2.6.0 finds them. */
export function terTokens(text: string, options: TerOptions = {}): string[] {
  let rest = stripEnd(text);
  if (!options.case_sensitive) rest = rest.toLowerCase();
  if (options.normalized) {
    rest = westernApart(rest);
    if (options.support_zh_ja_chars) rest = ideographsApart(rest);
  }
  if (options.ignore_punct) {
    rest = rest.replace(/[.,?:;!"()]/gu, '');
    if (options.support_zh_ja_chars) rest = rest.replace(asianMarks, '').replace(wideMarks, '');
  }
  return splitWords(rest);
}

const asianMarks = /[\u3001\u3002\u3008-\u3011\u3014-\u301f\uff61-\uff65\u30fb]/gu;
const wideMarks = /[\uff0e\uff0c\uff1f\uff1a\uff1b\uff01\uff02\uff08\uff09]/gu;

function westernApart(text: string): string {
  // The original's own pattern: a line end before the dash, not behind it.
  const line = unescaped(text.replaceAll('\n-', '').replaceAll('\n', ' '));
  return numbersApart(
    ` ${line} `
      .replace(/[{-~[-` -&(-+:-@/]/gu, ' $& ')
      .replaceAll("'s ", " 's ")
      .replace(/'s(?=\n?$)/gu, " 's"),
  );
}

/**
 * Ideographs one by one. Kana stay together: the original's patterns for them only fit a text of
 * nothing else, in which a space at both ends changes nothing.
 */
function ideographsApart(text: string): string {
  return text
    .replace(/[\u4e00-\u9fff\u3400-\u4dbf]/gu, ' $& ')
    .replace(/[\u31c0-\u31ef\u2e80-\u2eff]/gu, ' $& ')
    .replace(/[\u3300-\u33ff\uf900-\ufaff\ufe30-\ufe4f]/gu, ' $& ')
    .replace(/[\u3200-\u3f22]/gu, ' $& ')
    .replace(asianMarks, ' $& ')
    .replace(wideMarks, ' $& ');
}
