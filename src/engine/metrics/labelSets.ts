import { ScoringError } from '../core/errors.ts';
import type { Example } from '../core/example.ts';
import type { Metric } from '../core/metric.ts';
import type { Score } from '../core/score.ts';
import type { LabelOptions } from './accuracy.ts';
import { expectedButGot } from './feedback.ts';
import { meanValue } from './mean.ts';
import { strip } from './pythonText.ts';

/** How the rows' sets become one figure, as scikit-learn's `f1_score` names it for multilabel data. */
export type SetAverage = 'micro' | 'macro' | 'weighted' | 'samples';

/** The labels that are due and those that were given, each once. */
export interface LabelSets {
  readonly due: ReadonlySet<string>;
  readonly given: ReadonlySet<string>;
}

/**
 * The set of labels in a text: a JSON list, else what stands between commas, semicolons, bars and
 * line ends. Whitespace at both ends of a label does not count, nor its place or repetition.
 */
export function labelSetIn(text: string, { ignore_case }: LabelOptions = {}): Set<string> {
  const labels = listIn(text) ?? text.split(/[,;|\n]/u);
  const ready = labels.map(strip).filter(label => label !== '');
  return new Set(ignore_case ? ready.map(label => label.toLowerCase()) : ready);
}

/**
 * F1 of label sets, 0..1. `micro` counts all labels of all rows together; `macro` is the mean over
 * the labels of either side, `weighted` weighs it by the rows that expect them; `samples` is the mean
 * over rows, where a row that expects none and gets none is right (`zero_division=1`).
 */
export function labelSetF1(rows: readonly LabelSets[], average: SetAverage): number {
  if (average === 'samples') {
    return rows.reduce((sum, row) => sum + setF1(row), 0) / rows.length;
  }
  const tallies = new Map<string, { right: number; due: number; given: number }>();
  const tallyOf = (label: string) => {
    let found = tallies.get(label);
    if (!found) tallies.set(label, (found = { right: 0, due: 0, given: 0 }));
    return found;
  };
  for (const { due, given } of rows) {
    for (const label of due) {
      const tally = tallyOf(label);
      tally.due += 1;
      if (given.has(label)) tally.right += 1;
    }
    for (const label of given) tallyOf(label).given += 1;
  }
  const all = [...tallies.values()];
  // No label anywhere: nobody was asked for one, and nobody gave one.
  if (all.length === 0) return 1;
  if (average === 'micro') {
    const sum = (key: 'right' | 'due' | 'given'): number =>
      all.reduce((total, tally) => total + tally[key], 0);
    return (2 * sum('right')) / (sum('due') + sum('given'));
  }
  const weightOf = ({ due }: { due: number }): number => (average === 'macro' ? 1 : due);
  const whole = all.reduce((total, tally) => total + weightOf(tally), 0);
  if (whole === 0) return 0;
  return all.reduce(
    (total, tally) =>
      total + (weightOf(tally) * 2 * tally.right) / (tally.due + tally.given) / whole,
    0,
  );
}

/** `label_sets`: 1 where the answer is exactly the expected set, else 0 (subset accuracy). */
export function labelSetsMetric(name: string, options: LabelOptions = {}): Metric {
  return {
    name,
    description: 'Share of answers that are exactly the expected set of labels, in any order.',
    needs: 'expected',
    score: async (output, example) => {
      const sets = setsIn(output, example, name, options);
      if (isSame(sets)) return { value: 1 };
      return { value: 0, feedback: difference(sets) };
    },
    aggregate: meanValue,
  };
}

/** `label_sets_f1`: a row's value is its own F1; the value of all rows is the chosen average. */
export function labelSetsF1Metric(
  name: string,
  average: SetAverage,
  options: LabelOptions = {},
): Metric {
  const read = new WeakMap<Score, LabelSets>();
  const setsOf = (score: Score): LabelSets => {
    let sets = read.get(score);
    // Read once: an interval asks for the same row thousands of times.
    if (!sets) read.set(score, (sets = storedSets(score, name)));
    return sets;
  };
  return {
    name,
    description: `F1 of sets of labels, ${meanings[average]}, 0 to 1.`,
    needs: 'expected',
    score: async (output, example) => {
      const sets = setsIn(output, example, name, options);
      const statistic = {
        due: JSON.stringify([...sets.due]),
        given: JSON.stringify([...sets.given]),
      };
      if (isSame(sets)) return { value: 1, statistic };
      return { value: setF1(sets), statistic, feedback: difference(sets) };
    },
    aggregate: scores => labelSetF1(scores.map(setsOf), average),
  };
}

const meanings: Readonly<Record<SetAverage, string>> = {
  micro: 'all labels of all rows together',
  macro: 'mean over the labels, rare ones count as much as common ones',
  weighted: 'mean over the labels, weighted by their rows',
  samples: 'mean over the rows',
};

function setsIn(
  output: string,
  { labels, expected, line }: Example,
  metric: string,
  options: LabelOptions,
): LabelSets {
  if (labels === undefined && expected === undefined) {
    throw new ScoringError(`Line ${line} has no expected labels, which ${metric} needs.`);
  }
  const due = labels
    ? labelSetIn(JSON.stringify(labels), options)
    : labelSetIn(expected ?? '', options);
  return { due, given: labelSetIn(output, options) };
}

function setF1({ due, given }: LabelSets): number {
  if (due.size + given.size === 0) return 1;
  const right = [...given].filter(label => due.has(label)).length;
  return (2 * right) / (due.size + given.size);
}

function isSame({ due, given }: LabelSets): boolean {
  return due.size === given.size && [...due].every(label => given.has(label));
}

function difference({ due, given }: LabelSets): string {
  const missing = [...due].filter(label => !given.has(label)).sort();
  const wrong = [...given].filter(label => !due.has(label)).sort();
  const parts = [
    missing.length > 0 ? `missing: ${missing.join(', ')}` : '',
    wrong.length > 0 ? `not expected: ${wrong.join(', ')}` : '',
  ];
  const expected = [...due].sort().join(', ');
  return `${expectedButGot(expected, [...given].sort().join(', '))} (${parts.filter(part => part !== '').join('; ')})`;
}

function storedSets({ statistic = {} }: Score, metric: string): LabelSets {
  const { due, given } = statistic;
  if (typeof due !== 'string' || typeof given !== 'string') {
    throw new TypeError(`This score was not made by ${metric}: it holds no sets of labels.`);
  }
  return {
    due: new Set(JSON.parse(due) as string[]),
    given: new Set(JSON.parse(given) as string[]),
  };
}

function listIn(text: string): string[] | undefined {
  if (!text.trimStart().startsWith('[')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.map(String) : undefined;
  } catch {
    return undefined;
  }
}
