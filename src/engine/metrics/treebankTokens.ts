import { spaceMembers, splitWords } from './pythonText.ts';

const word = '[\\p{L}\\p{N}_]';
const edge = `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`;
const space = `[${spaceMembers}]`;

function rule(pattern: string, replacement: string, flags = 'gu'): readonly [RegExp, string] {
  return [new RegExp(pattern, flags), replacement];
}

const end = '(?=\\n?$)';
const contractions = [
  '(can)(not)',
  "(d)('ye)",
  '(gim)(me)',
  '(gon)(na)',
  '(got)(ta)',
  '(lem)(me)',
  "(more)('n)",
];

/** Rules in their order; each is applied to the whole text. */
const rules = [
  rule('[«“‘„]|`+', ' $& '),
  rule('^"', '``'),
  rule('``', ' $& '),
  rule('([ ([{<])("|\'{2})', '$1 `` '),
  rule(`(')(?!re|ve|ll|m|t|s|d|n)(${word})${edge}`, '$1 $2', 'giu'),
  rule(`([^.])(\\.)([\\])}>"'»”’ ]*)${space}*$`, '$1 $2 $3 '),
  rule('([:,])([^\\p{Nd}])', ' $1 $2'),
  rule(`([:,])${end}`, ' $1 '),
  rule('\\.{2,}', ' $& '),
  rule('[;@#$%&]', ' $& '),
  rule(`([^.])(\\.)([\\])}>"']*)${space}*$`, '$1 $2$3 '),
  rule('[?!]', ' $& '),
  rule("([^'])' ", "$1 ' "),
  rule('\\*', ' $& '),
  rule('[\\][(){}<>]', ' $& '),
  rule('--', ' -- '),
  rule('^[^]*$', ' $& '),
  rule('[»”’]', ' $& '),
  rule("''", " '' "),
  rule('"', " '' "),
  rule("([^' ])('[sS]|'[mM]|'[dD]|') ", '$1 $2 '),
  rule("([^' ])('ll|'LL|'re|'RE|'ve|'VE|n't|N'T) ", '$1 $2 '),
  ...contractions.map(pattern => rule(`${edge}${pattern}${edge}`, ' $1 $2 ', 'giu')),
  rule(`${edge}(wan)(na)(?=${space})`, ' $1 $2 ', 'giu'),
  rule(` ('t)(is|was)${edge}`, ' $1 $2 ', 'giu'),
];

/**
 * Words and marks of one English sentence in the manner of the Penn Treebank, as
 * `NLTKWordTokenizer` of nltk 3.8 finds them: contractions split, quotes as `` and '', the last
 * period alone. A text is not divided into sentences first, so earlier periods stay at their words.
 */
export function treebankTokens(text: string): string[] {
  return splitWords(rules.reduce((rest, [pattern, by]) => rest.replace(pattern, by), text));
}
