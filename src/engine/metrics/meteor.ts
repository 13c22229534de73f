import { RequestError } from '../core/errors.ts';
import type { Metric } from '../core/metric.ts';
import { referencesOf } from './expected.ts';
import { expectedButGot } from './feedback.ts';
import { meanValue } from './mean.ts';
import { requirePairs } from './pairing.ts';
import { porterStem } from './porterStem.ts';
import { treebankTokens } from './treebankTokens.ts';

/** Parameters of METEOR. */
export interface MeteorOptions {
  /** Weight of precision against recall; 0.9 where absent. */
  readonly alpha?: number;
  /** How fast the penalty grows with the chunks; 3 where absent. */
  readonly beta?: number;
  /** Largest penalty; 0.5 where absent. */
  readonly gamma?: number;
}

/** A word with its place in the text. */
interface Placed {
  readonly place: number;
  readonly word: string;
}

/**
 * METEOR of one answer without synonyms, 0..1: equal words, then equal stems, as nltk 3.8 matches
 * them (Lavie and Agarwal 2007), best of the references. It is not METEOR: WordNet is left away,
 * and texts of several sentences are read as one, so figures may lie below the original's.
 */
export function meteorWithoutWordnet(
  prediction: string,
  references: readonly string[],
  options: MeteorOptions = {},
): number {
  const words = wordsOf(prediction);
  return Math.max(...references.map(reference => scoreOf(words, wordsOf(reference), options)));
}

/** The plain mean over rows. Throws `RequestError` for no rows. */
export function meanMeteorWithoutWordnet(
  predictions: readonly string[],
  references: readonly (readonly string[])[],
  options: MeteorOptions = {},
): number {
  requirePairs('meteor_no_wordnet', predictions, references);
  if (references.some(each => each.length === 0)) {
    throw new RequestError('meteor_no_wordnet needs at least one reference in every row.');
  }
  const sum = predictions.reduce(
    (total, text, row) => total + meteorWithoutWordnet(text, references[row] ?? [], options),
    0,
  );
  return sum / predictions.length;
}

/** `meteor_no_wordnet`: the score of each row; the corpus value is their plain mean. */
export function meteorMetric(name: string, options: MeteorOptions): Metric {
  return {
    name,
    description: 'METEOR without synonyms: equal words and stems in order, English, 0 to 1.',
    needs: 'expected',
    score: async (output, example) => {
      const references = referencesOf(example, name);
      const value = meteorWithoutWordnet(output, references, options);
      return { value, feedback: expectedButGot(references[0] ?? '', output) };
    },
    aggregate: meanValue,
  };
}

function wordsOf(text: string): string[] {
  return treebankTokens(text).map(token => token.toLowerCase());
}

function scoreOf(
  words: readonly string[],
  due: readonly string[],
  { alpha = 0.9, beta = 3, gamma = 0.5 }: MeteorOptions,
): number {
  const left = placed(words);
  const leftDue = placed(due);
  const matches = [
    ...matched(left, leftDue, word => word),
    ...matched(left, leftDue, porterStem),
  ].sort(([one], [other]) => one - other);
  if (matches.length === 0) return 0;
  const precision = matches.length / words.length;
  const recall = matches.length / due.length;
  const mean = (precision * recall) / (alpha * precision + (1 - alpha) * recall);
  const penalty = gamma * (chunksOf(matches) / matches.length) ** beta;
  return (1 - penalty) * mean;
}

function placed(words: readonly string[]): Placed[] {
  return words.map((word, place) => ({ place, word }));
}

/** Pairs of places, found from the end; matched words leave both lists. */
function matched(
  left: Placed[],
  right: Placed[],
  keyOf: (word: string) => string,
): [number, number][] {
  const keys = left.map(({ word }) => keyOf(word));
  const rightKeys = right.map(({ word }) => keyOf(word));
  const pairs: [number, number][] = [];
  for (let at = left.length - 1; at >= 0; at--) {
    const other = rightKeys.lastIndexOf(keys[at] ?? '');
    const one = left[at];
    const two = right[other];
    if (!one || !two) continue;
    pairs.push([one.place, two.place]);
    left.splice(at, 1);
    right.splice(other, 1);
    rightKeys.splice(other, 1);
  }
  return pairs;
}

/** Runs of matches that stand side by side in both texts. */
function chunksOf(matches: readonly (readonly [number, number])[]): number {
  return matches.filter((match, at) => {
    const before = matches[at - 1];
    return !before || match[0] !== before[0] + 1 || match[1] !== before[1] + 1;
  }).length;
}
