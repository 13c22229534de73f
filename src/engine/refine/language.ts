import { withoutMarks } from '../core/marks.ts';

// Kana marks Japanese even where most letters are Han; the order decides ties.
const scripts = {
  Latin: /\p{Script=Latin}/gu,
  Cyrillic: /\p{Script=Cyrillic}/gu,
  Greek: /\p{Script=Greek}/gu,
  Arabic: /\p{Script=Arabic}/gu,
  Hebrew: /\p{Script=Hebrew}/gu,
  Devanagari: /\p{Script=Devanagari}/gu,
  Thai: /\p{Script=Thai}/gu,
  Korean: /\p{Script=Hangul}/gu,
  'Chinese or Japanese': /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu,
} as const;

// The commonest little words that the other languages of the list do not have.
const littleWords: Readonly<Record<string, readonly string[]>> = {
  English: ['the', 'and', 'of', 'to', 'is', 'with', 'that', 'are', 'you', 'your', 'it', 'if'],
  German: ['der', 'die', 'das', 'und', 'ist', 'nicht', 'mit', 'ein', 'eine', 'du', 'sie', 'zu'],
  French: ['le', 'les', 'et', 'est', 'des', 'une', 'vous', 'dans', 'pour', 'pas', 'qui', 'du'],
  Spanish: ['el', 'los', 'las', 'y', 'una', 'por', 'con', 'para', 'del', 'es', 'su', 'como'],
  Italian: ['il', 'gli', 'di', 'che', 'per', 'non', 'sono', 'della', 'un', 'nel', 'e', 'tu'],
  Portuguese: ['o', 'os', 'não', 'uma', 'você', 'em', 'do', 'da', 'ao', 'mais', 'seu', 'são'],
  Dutch: ['het', 'een', 'van', 'en', 'niet', 'je', 'zijn', 'voor', 'met', 'op', 'dat', 'aan'],
};

const fewestLetters = 20;
const fewestLittleWords = 4;

// Languages by their own and their English names, and the verbs that ask for one.
const languageWish =
  /\b(?:language|sprache|langue|idioma|lingua|taal|translat|übersetz|tradu|vertaal|english|englisch|anglais|inglés|inglese|german|deutsch|allemand|alemán|french|französisch|français|francés|spanish|spanisch|español|espagnol|italian|italiano|italienisch|portuguese|português|dutch|nederlands|niederländisch|russian|chinese|mandarin|japanese|korean|arabic|hebrew|greek|hindi|thai|ukrainian|polish|turkish|bilingual|multilingual)|язык|перевед|по-|русск|украин|[语語中日文]|翻译|日本語|한국어|영어|العربية|ελληνικά|עברית|हिन्दी|ไทย/iu;

/** Whether a wish speaks of a language, so that the rewrite may change to it. */
export function wishesLanguage(wishes: string): boolean {
  return languageWish.test(wishes);
}

/**
 * Whether a rewrite changed the language, as a sentence; empty where it did not or where the
 * texts are too short to tell. Rough on purpose: the script of most letters, and for Latin letters
 * the language whose little words are at least twice as frequent as those of any other.
 */
export function changedLanguage(before: string, after: string): string[] {
  const left = languageOf(before);
  const right = languageOf(after) ?? (left && hasLeft(left, before, after));
  if (left === undefined || right === undefined || left === right) return [];
  return [
    `The language changed from ${left} to ${right}; the prompt must stay in its own language.`,
  ];
}

const fewestWords = 25;
// "to" and "a" are words elsewhere, too; of an English text the list makes a third.
const mostLittle = 0.05;
const smallestOverlap = 0.15;

/**
 * Another language, one that we have no words of: a text of some length with hardly one of the little
 * words of its old language, and hardly one of its long words.
 */
function hasLeft(language: string, before: string, after: string): string | undefined {
  const words = wordsOf(after);
  const little = littleWords[language] ?? [];
  const count = words.filter(word => little.includes(word)).length;
  if (words.length < fewestWords || count > words.length * mostLittle) return undefined;
  const long = new Set(wordsOf(before).filter(word => word.length > 3));
  const kept = new Set(words.filter(word => long.has(word)));
  return kept.size < long.size * smallestOverlap ? 'another language' : undefined;
}

/** The words of a text without its placeholders, which stay whatever the language. */
function wordsOf(text: string): string[] {
  return (
    withoutMarks(text)
      .toLowerCase()
      .match(/\p{L}+/gu) ?? []
  );
}

/** The language, or the script where no more can be told; undefined for short or mixed texts. */
function languageOf(text: string): string | undefined {
  const counts = Object.entries(scripts).map(
    ([script, letters]) => [script, text.match(letters)?.length ?? 0] as const,
  );
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  const [script, most] = counts.reduce((best, each) => (each[1] > best[1] ? each : best));
  if (total < fewestLetters || most < total * 0.7) return undefined;
  return script === 'Latin' ? latinLanguageOf(text) : script;
}

function latinLanguageOf(text: string): string | undefined {
  const words = wordsOf(text);
  const counts = Object.entries(littleWords)
    .map(([name, little]) => [name, words.filter(word => little.includes(word)).length] as const)
    .sort((left, right) => right[1] - left[1]);
  const [first, second] = counts;
  if (!first || !second || first[1] < fewestLittleWords || first[1] < second[1] * 2) {
    return undefined;
  }
  return first[0];
}
