import type { Metric } from '../core/metric.ts';
import { referencesOf } from './expected.ts';
import { expectedButGot } from './feedback.ts';
import { meanValue } from './mean.ts';
import { splitWords, withoutPunctuation } from './pythonText.ts';

// Python's \b is Unicode; JavaScript's would cut an "a" out of "España".
const article = /(?<![\p{L}\p{N}_])(?:a|an|the)(?![\p{L}\p{N}_])/gu;

/**
 * The words that SQuAD compares (Rajpurkar et al. 2016, evaluation script v1.1): lower case,
 * without ASCII punctuation and without the articles a, an, the.
 */
export function squadTokens(text: string): string[] {
  return splitWords(withoutPunctuation(text.toLowerCase()).replace(article, ' '));
}

/** F1 of the words of an answer against one expected answer, 0..1; repeated words count. */
export function tokenF1(output: string, expected: string): number {
  const outputTokens = squadTokens(output);
  const expectedTokens = squadTokens(expected);
  const left = new Map<string, number>();
  for (const token of expectedTokens) left.set(token, (left.get(token) ?? 0) + 1);
  let common = 0;
  for (const token of outputTokens) {
    const rest = left.get(token) ?? 0;
    if (rest > 0) {
      common++;
      left.set(token, rest - 1);
    }
  }
  // As in the script v1.1: no common word is 0, also where both texts are empty.
  if (common === 0) return 0;
  const precision = common / outputTokens.length;
  const recall = common / expectedTokens.length;
  return (2 * precision * recall) / (precision + recall);
}

/** `token_f1`: the overlap of words between answer and expected answer. */
export function tokenF1Metric(name: string): Metric {
  return {
    name,
    description: 'Overlap of words with the expected answer (SQuAD F1), 0 to 1.',
    needs: 'expected',
    score: async (output, example) => {
      const references = referencesOf(example, name);
      const value = Math.max(...references.map(expected => tokenF1(output, expected)));
      return value === 1 ? { value } : { value, feedback: feedbackOn(output, references[0] ?? '') };
    },
    aggregate: meanValue,
  };
}

function feedbackOn(output: string, expected: string): string {
  const given = new Set(squadTokens(output));
  const due = new Set(squadTokens(expected));
  const missing = [...due].filter(token => !given.has(token));
  const extra = [...given].filter(token => !due.has(token));
  return [
    expectedButGot(expected, output),
    missing.length > 0 ? `Missing: ${listed(missing)}.` : '',
    extra.length > 0 ? `Not expected: ${listed(extra)}.` : '',
  ]
    .filter(part => part !== '')
    .join(' ');
}

function listed(tokens: readonly string[]): string {
  const shown = tokens.slice(0, 8).join(', ');
  return tokens.length > 8 ? `${shown} and ${tokens.length - 8} more` : shown;
}
