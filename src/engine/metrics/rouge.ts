import { RequestError } from '../core/errors.ts';
import type { Metric } from '../core/metric.ts';
import { referencesOf } from './expected.ts';
import { expectedButGot } from './feedback.ts';
import { meanValue } from './mean.ts';
import { commonNgrams, ngramCounts } from './ngrams.ts';
import { porterStem } from './porterStem.ts';
import { unionOfCommonWords } from './rougeLines.ts';

/** Precision, recall and their F1, 0..1. */
export interface RougeScore {
  readonly precision: number;
  readonly recall: number;
  readonly fmeasure: number;
}

/**
 * The words that ROUGE counts: runs of a-z and 0-9 in lower case, stems of those longer than three
 * characters if wanted. Texts in other scripts have none.
 */
export function rougeTokens(text: string, useStemmer = false): string[] {
  const words = text
    .toLowerCase()
    .split(/[^a-z0-9]+/u)
    .filter(word => word !== '');
  return useStemmer ? words.map(word => (word.length > 3 ? porterStem(word) : word)) : words;
}

/**
 * ROUGE of one answer (Lin 2004) as rouge_score 0.1.2 computes it: `rouge1` to `rouge9`, `rougeL`,
 * `rougeLsum` (line by line). Throws `RequestError` for another type.
 */
export function rouge(
  type: string,
  prediction: string,
  reference: string,
  useStemmer = false,
): RougeScore {
  if (type === 'rougeLsum') {
    const lines = (text: string): string[][] =>
      text
        .split('\n')
        .filter(line => line !== '')
        .map(line => rougeTokens(line, useStemmer));
    return rougeLsum(lines(prediction), lines(reference));
  }
  const words = rougeTokens(prediction, useStemmer);
  const due = rougeTokens(reference, useStemmer);
  if (type === 'rougeL') return rougeL(words, due);
  const n = /^rouge([1-9])$/u.exec(type)?.[1];
  if (n === undefined) {
    throw new RequestError(
      `There is no ROUGE type "${type}". There are rouge1 to rouge9, rougeL and rougeLsum.`,
    );
  }
  return rougeN(words, due, Number(n));
}

/** The best of several references by F1, the first of equal ones. */
export function bestRouge(
  type: string,
  prediction: string,
  references: readonly string[],
  useStemmer = false,
): RougeScore {
  let best: RougeScore | undefined;
  for (const reference of references) {
    const score = rouge(type, prediction, reference, useStemmer);
    if (!best || score.fmeasure > best.fmeasure) best = score;
  }
  if (!best) throw new RequestError(`${type} needs at least one reference in every row.`);
  return best;
}

/**
 * `rouge1`, `rouge2`, `rougeL`, `rougeLsum`: F1 of each row; the corpus value is the plain mean,
 * not the random median of resampled means that Hugging Face reports by default.
 */
export function rougeMetric(name: string, type: string, useStemmer: boolean): Metric {
  return {
    name,
    description: `${type.toUpperCase().replace('LSUM', 'Lsum')}: ${meanings[type] ?? 'n-grams'} in common with the expected answer; reads a-z and 0-9 only, 0 to 1.`,
    needs: 'expected',
    score: async (output, example) => {
      const references = referencesOf(example, name);
      const value = bestRouge(type, output, references, useStemmer).fmeasure;
      if (value === 1) return { value };
      const feedback = expectedButGot(references[0] ?? '', output);
      if (references.some(reference => rougeTokens(reference).length > 0))
        return { value, feedback };
      const why = 'ROUGE reads a-z and 0-9 only, of which the expected answer has none; use chrf.';
      return { value, feedback: `${feedback} ${why}` };
    },
    aggregate: meanValue,
  };
}

const meanings: Readonly<Record<string, string>> = {
  rouge1: 'words',
  rouge2: 'pairs of words',
  rougeL: 'the longest common subsequence of words',
  rougeLsum: 'common subsequences line by line',
};

function rougeN(words: readonly string[], due: readonly string[], n: number): RougeScore {
  return scoreOf(
    commonNgrams(ngramCounts(due, n), ngramCounts(words, n)),
    Math.max(words.length - n + 1, 1),
    Math.max(due.length - n + 1, 1),
  );
}

function rougeL(words: readonly string[], due: readonly string[]): RougeScore {
  if (words.length === 0 || due.length === 0) return none;
  return scoreOf(longestCommon(words, due), words.length, due.length);
}

function rougeLsum(
  lines: readonly (readonly string[])[],
  dueLines: readonly (readonly string[])[],
): RougeScore {
  const words = lines.flat();
  const due = dueLines.flat();
  if (words.length === 0 || due.length === 0) return none;
  const left = new Map(ngramCounts(words, 1));
  const leftDue = new Map(ngramCounts(due, 1));
  let hits = 0;
  for (const dueLine of dueLines) {
    for (const word of unionOfCommonWords(dueLine, lines)) {
      const here = left.get(word) ?? 0;
      const there = leftDue.get(word) ?? 0;
      if (here > 0 && there > 0) {
        hits++;
        left.set(word, here - 1);
        leftDue.set(word, there - 1);
      }
    }
  }
  return scoreOf(hits, words.length, due.length);
}

const none: RougeScore = { precision: 0, recall: 0, fmeasure: 0 };

function scoreOf(hits: number, given: number, due: number): RougeScore {
  const precision = hits / given;
  const recall = hits / due;
  const sum = precision + recall;
  return { precision, recall, fmeasure: sum > 0 ? (2 * precision * recall) / sum : 0 };
}

function longestCommon(left: readonly string[], right: readonly string[]): number {
  const lengths = new Int32Array(right.length + 1);
  for (const word of left) {
    let diagonal = 0;
    for (let at = 1; at <= right.length; at++) {
      const above = lengths[at] ?? 0;
      lengths[at] = word === right[at - 1] ? diagonal + 1 : Math.max(above, lengths[at - 1] ?? 0);
      diagonal = above;
    }
  }
  return lengths[right.length] ?? 0;
}
