/** Words that nltk stems by list. */
const fixed: ReadonlyMap<string, string> = new Map([
  ['sky', 'sky'],
  ['skies', 'sky'],
  ['dying', 'die'],
  ['lying', 'lie'],
  ['tying', 'tie'],
  ['news', 'news'],
  ['inning', 'inning'],
  ['innings', 'inning'],
  ['outing', 'outing'],
  ['outings', 'outing'],
  ['canning', 'canning'],
  ['cannings', 'canning'],
  ['howe', 'howe'],
  ['proceed', 'proceed'],
  ['exceed', 'exceed'],
  ['succeed', 'succeed'],
]);

/** A suffix, what takes its place, and what the stem before it must be for that. */
type Rule = readonly [suffix: string, replacement: string, when: (stem: string) => boolean];

/**
 * The stem of an English word (Porter 1980) with the changes that nltk 3.8 makes by default
 * (`NLTK_EXTENSIONS`), which ROUGE and METEOR are defined by.
 */
export function porterStem(word: string): string {
  const lower = word.toLowerCase();
  const known = fixed.get(word);
  if (known !== undefined) return known;
  if (word.length <= 2) return lower;
  return steps.reduce((stem, step) => step(stem), lower);
}

const always = (): boolean => true;
const measured = (stem: string): boolean => measure(stem) > 0;
const longer = (stem: string): boolean => measure(stem) > 1;

/** Vowels and consonants of a stem as letters; `y` is a vowel behind a consonant. */
function letters(stem: string): string {
  let kinds = '';
  for (let at = 0; at < stem.length; at++) {
    const letter = stem.charAt(at);
    const vowel = 'aeiou'.includes(letter) || (letter === 'y' && kinds.endsWith('c'));
    kinds += vowel ? 'v' : 'c';
  }
  return kinds;
}

/** How often a consonant follows a vowel. */
function measure(stem: string): number {
  return letters(stem).split('vc').length - 1;
}

function endsDouble(word: string): boolean {
  return /(.)\1$/u.test(word) && letters(word).endsWith('c');
}

/** Consonant, vowel, consonant but w, x, y; to nltk also the two-letter vowel and consonant. */
function endsShort(word: string): boolean {
  const kinds = letters(word);
  if (kinds === 'vc') return true;
  return kinds.endsWith('cvc') && !/[wxy]$/u.test(word);
}

/** The first rule whose suffix fits decides, also where its condition does not hold. */
function applied(word: string, rules: readonly Rule[]): string {
  const rule = rules.find(([suffix]) => word.endsWith(suffix));
  if (!rule) return word;
  const [suffix, replacement, when] = rule;
  const stem = word.slice(0, word.length - suffix.length);
  return when(stem) ? stem + replacement : word;
}

function plural(word: string): string {
  if (word.endsWith('ies') && word.length === 4) return word.slice(0, -1);
  return applied(word, [
    ['sses', 'ss', always],
    ['ies', 'i', always],
    ['ss', 'ss', always],
    ['s', '', always],
  ]);
}

function pastAndGerund(word: string): string {
  if (word.endsWith('ied')) return word.slice(0, word.length === 4 ? -1 : -2);
  if (word.endsWith('eed')) return measured(word.slice(0, -3)) ? word.slice(0, -1) : word;
  const suffix = ['ed', 'ing'].find(
    end => word.endsWith(end) && letters(word.slice(0, -end.length)).includes('v'),
  );
  if (suffix === undefined) return word;
  const stem = word.slice(0, -suffix.length);
  if (/(?:at|bl|iz)$/u.test(stem)) return `${stem}e`;
  if (endsDouble(stem)) return /[lsz]$/u.test(stem) ? stem : stem.slice(0, -1);
  return measure(stem) === 1 && endsShort(stem) ? `${stem}e` : stem;
}

function finalY(word: string): string {
  const stem = word.slice(0, -1);
  return word.endsWith('y') && stem.length > 1 && letters(stem).endsWith('c') ? `${stem}i` : word;
}

const doubleSuffixes: readonly Rule[] = [
  ['ational', 'ate', measured],
  ['tional', 'tion', measured],
  ['enci', 'ence', measured],
  ['anci', 'ance', measured],
  ['izer', 'ize', measured],
  ['bli', 'ble', measured],
  ['alli', 'al', measured],
  ['entli', 'ent', measured],
  ['eli', 'e', measured],
  ['ousli', 'ous', measured],
  ['ization', 'ize', measured],
  ['ation', 'ate', measured],
  ['ator', 'ate', measured],
  ['alism', 'al', measured],
  ['iveness', 'ive', measured],
  ['fulness', 'ful', measured],
  ['ousness', 'ous', measured],
  ['aliti', 'al', measured],
  ['iviti', 'ive', measured],
  ['biliti', 'ble', measured],
  ['fulli', 'ful', measured],
  // nltk measures this one with the l of the suffix.
  ['logi', 'log', stem => measured(`${stem}l`)],
];

function doubleSuffix(word: string): string {
  if (word.endsWith('alli') && measured(word.slice(0, -4))) return doubleSuffix(word.slice(0, -2));
  return applied(word, doubleSuffixes);
}

const middleSuffixes: readonly Rule[] = [
  ['icate', 'ic', measured],
  ['ative', '', measured],
  ['alize', 'al', measured],
  ['iciti', 'ic', measured],
  ['ical', 'ic', measured],
  ['ful', '', measured],
  ['ness', '', measured],
];

const lastSuffixes: readonly Rule[] = [
  ...['al', 'ance', 'ence', 'er', 'ic', 'able', 'ible', 'ant', 'ement', 'ment', 'ent'].map(
    (suffix): Rule => [suffix, '', longer],
  ),
  ['ion', '', stem => longer(stem) && /[st]$/u.test(stem)],
  ...['ou', 'ism', 'ate', 'iti', 'ous', 'ive', 'ize'].map((suffix): Rule => [suffix, '', longer]),
];

function finalE(word: string): string {
  const stem = word.slice(0, -1);
  if (!word.endsWith('e')) return word;
  return measure(stem) > 1 || (measure(stem) === 1 && !endsShort(stem)) ? stem : word;
}

function finalDoubleL(word: string): string {
  return word.endsWith('ll') && measure(word.slice(0, -1)) > 1 ? word.slice(0, -1) : word;
}

const steps: readonly ((word: string) => string)[] = [
  plural,
  pastAndGerund,
  finalY,
  doubleSuffix,
  word => applied(word, middleSuffixes),
  word => applied(word, lastSuffixes),
  finalE,
  finalDoubleL,
];
