import type { Figures, Vector } from './vector.ts';

/** Figures that we do not offer, by metric, with the reason. They are not compared. */
const notOffered: Readonly<Record<string, readonly [names: readonly string[], why: string]>> = {
  meteor: [['meteor', 'per_item'], 'METEOR with WordNet synonyms; ours is named meteor_no_wordnet'],
  jiwer_words: [
    ['hits', 'substitutions', 'insertions', 'deletions', 'mer', 'wil', 'wip'],
    'depend on which of several equally good alignments is chosen; their sum is compared',
  ],
  jiwer_characters: [
    ['hits', 'substitutions', 'insertions', 'deletions'],
    'depend on which of several equally good alignments is chosen; their sum is compared',
  ],
  wilson: [
    ['wilson_cc_low', 'wilson_cc_high'],
    'the interval with continuity correction is not used',
  ],
  bootstrap_ci: [
    ['standard_error', 'bootstrap_mean', 'bootstrap_min', 'bootstrap_max'],
    'only intervals are taken from the resamples',
  ],
  paired_bootstrap: [
    ['win_rate', 'tie_rate', 'p_sacrebleu'],
    'sacrebleu’s p calls two equal systems different; the centred p takes its place',
  ],
  sacrebleu_paired_bs: [
    ['p_value'],
    'sacrebleu’s p calls two equal systems different; the centred p takes its place',
  ],
  mcnemar_table: [
    ['chi2', 'chi2_p', 'chi2_corrected', 'chi2_corrected_p', 'hf_stat', 'hf_p', 'hf_raises'],
    'the chi-square approximations are not used; exact p and mid-p are',
  ],
};

/** The figures of a vector that ours are compared with. */
export function expectedFigures({ metric, expected }: Vector): Figures {
  const family = metric === 'mcnemar' ? 'mcnemar_table' : metric;
  const omitted: readonly string[] = notOffered[family]?.[0] ?? [];
  const rest = Object.fromEntries(
    Object.entries(expected).filter(([name]) => !omitted.includes(name)),
  );
  if (!family.startsWith('jiwer_')) return rest;
  const count = (name: string): number => Number(expected[name]);
  return { ...rest, edits: count('substitutions') + count('insertions') + count('deletions') };
}

/** Why a vector that we do not reproduce is an exception; undefined where it is a failure. */
export function exceptionFor(vector: Vector): string | undefined {
  return exceptions.find(({ applies }) => applies(vector))?.why;
}

const exceptions: readonly { why: string; applies(vector: Vector): boolean }[] = [
  {
    why: 'an artefact of numpy: whole lists compared, texts cut to a width, NULs dropped',
    applies: ({ tags = [] }) => tags.includes('quirk'),
  },
  {
    why: 'a limit of the storage of Hugging Face: ours takes text labels and large numbers',
    applies: ({ expected }) =>
      /invalid literal for int|don't match the expected|unexpected keyword/u.test(
        String(expected['message']),
      ),
  },
  {
    why: 'needs the sentence model of nltk (punkt), which is not shipped',
    applies: ({ metric, options, tags = [], predictions }) =>
      tags.includes('multi_sentence') ||
      options['split_summaries'] === true ||
      metric === 'nltk_sent_tokenize' ||
      (metric === 'nltk_word_tokenize' && /[.?!]\S*\s+\S/u.test(String(predictions))),
  },
  {
    why: 'scipy has no corrected interval for rows that are all alike; the plain one is answered',
    applies: ({ metric, expected }) => metric === 'bootstrap_ci' && expected['low'] === 'NaN',
  },
  {
    why: 'one row says nothing of its spread, so an interval is refused',
    applies: ({ metric, predictions }) =>
      metric === 'paired_bootstrap' && (predictions as unknown[]).length === 1,
  },
  {
    why: 'where no row changed, nothing speaks against "equal": ours is 1',
    applies: ({ metric, expected }) =>
      metric.startsWith('mcnemar') &&
      (expected['midp'] === 0.5 || expected['raises'] === 'ZeroDivisionError'),
  },
  {
    why: 'the other modes of the stemmer belong to no metric',
    applies: ({ metric, options }) =>
      metric === 'porter_stem' && options['mode'] !== 'NLTK_EXTENSIONS',
  },
  {
    why: 'chi-square with more than one degree of freedom is not used',
    applies: ({ metric, predictions }) =>
      metric === 'chi2_sf' && (predictions as number[])[1] !== 1,
  },
];
