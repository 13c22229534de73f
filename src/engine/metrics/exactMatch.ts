import type { Metric } from '../core/metric.ts';
import type { GuardedChecks } from '../core/outside.ts';
import { expectedButGot } from './feedback.ts';
import { referencesOf } from './expected.ts';
import { meanValue } from './mean.ts';
import { pythonPattern } from './pythonPattern.ts';
import { withoutPunctuation } from './pythonText.ts';

/** What does not count when two texts are compared; all off by default, nothing is trimmed. */
export interface ExactMatchOptions {
  /** Python regular expressions whose matches are removed first, in this order. */
  readonly regexes_to_ignore?: readonly string[];
  readonly ignore_case?: boolean;
  /** The 32 ASCII punctuation characters; “ ” and … still count. */
  readonly ignore_punctuation?: boolean;
  /** The ASCII digits 0 to 9. */
  readonly ignore_numbers?: boolean;
}

/**
 * Whether two texts are equal after the options' removals, as `exact_match` of Hugging Face
 * evaluate 0.4.6 does it. Throws `RequestError` for a pattern that cannot be read.
 */
export function exactMatch(
  output: string,
  expected: string,
  options: ExactMatchOptions = {},
): boolean {
  const normalise = normaliser(options);
  return normalise(output) === normalise(expected);
}

/**
 * `exact_match` with its options: 1 for an equal text, else 0. Patterns are matched on a thread
 * with a limit where `checks` has one.
 */
export function exactMatchMetric(
  name: string,
  options: ExactMatchOptions = {},
  checks?: GuardedChecks,
): Metric {
  const patterns = (options.regexes_to_ignore ?? []).map(pythonPattern);
  const here = normaliser(options);
  const rest = normaliser({ ...options, regexes_to_ignore: [] });
  const normalise = async (text: string, signal?: AbortSignal): Promise<string> =>
    checks && patterns.length > 0 ? rest(await checks.without(patterns, text, signal)) : here(text);
  return {
    name,
    description: 'Share of answers that equal the expected text, character by character.',
    needs: 'expected',
    score: async (output, example, signal) => {
      const references = referencesOf(example, name);
      const given = await normalise(output, signal);
      for (const expected of references) {
        if ((await normalise(expected, signal)) === given) return { value: 1 };
      }
      return { value: 0, feedback: feedbackOn(output, references[0] ?? '') };
    },
    aggregate: meanValue,
  };
}

function normaliser(options: ExactMatchOptions): (text: string) => string {
  const patterns = (options.regexes_to_ignore ?? []).map(pythonPattern);
  return text => {
    let rest = text;
    for (const pattern of patterns) rest = rest.replace(pattern, '');
    if (options.ignore_case) rest = rest.toLowerCase();
    if (options.ignore_punctuation) rest = withoutPunctuation(rest);
    if (options.ignore_numbers) rest = rest.replace(/[0-9]/gu, '');
    return rest;
  };
}

function feedbackOn(output: string, expected: string): string {
  const sentence = expectedButGot(expected, output);
  if (output.trim() === expected.trim()) return `${sentence} They differ in outer whitespace only.`;
  if (expected.trim() !== '' && output.includes(expected)) {
    return `${sentence} The answer holds the expected text, with other text around it.`;
  }
  return sentence;
}
