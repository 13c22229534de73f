import { accuracyMetric } from './accuracy.ts';
import { RequestError } from '../core/errors.ts';
import type { Entries, Entry } from './entry.ts';
import { exactMatchMetric } from './exactMatch.ts';
import { averagedFigure, kappaFigure, macroF1Figure, matthewsFigure } from './labelFigures.ts';
import { labelMetric, type LabelFigure } from './labelMetric.ts';
import { labelSetsF1Metric, labelSetsMetric, type SetAverage } from './labelSets.ts';
import type { MetricParts } from './parts.ts';
import { isOn, type OptionKinds, type OptionTexts } from './options.ts';

const ignoreCase: OptionKinds = { ignore_case: 'switch' };

/** Metrics that ask whether an answer is the expected one. */
export function labelEntries({ checks }: MetricParts): Entries {
  return {
    exact_match: {
      options: {
        ignore_case: 'switch',
        ignore_punctuation: 'switch',
        ignore_numbers: 'switch',
        regexes_to_ignore: { rest: 'PATTERN' },
      },
      make: (name, options) =>
        exactMatchMetric(
          name,
          {
            ignore_case: isOn(options, 'ignore_case'),
            ignore_punctuation: isOn(options, 'ignore_punctuation'),
            ignore_numbers: isOn(options, 'ignore_numbers'),
            ...patternsIn(options['regexes_to_ignore']),
          },
          checks,
        ),
    },
    accuracy: {
      options: ignoreCase,
      make: (name, options) => accuracyMetric(name, { ignore_case: isOn(options, 'ignore_case') }),
    },
    label_sets: {
      options: ignoreCase,
      make: (name, options) => labelSetsMetric(name, { ignore_case: isOn(options, 'ignore_case') }),
    },
    label_sets_f1: {
      options: { ...ignoreCase, average: ['micro', 'macro', 'weighted', 'samples'] },
      make: (name, options) =>
        labelSetsF1Metric(name, (options['average'] ?? 'micro') as SetAverage, {
          ignore_case: isOn(options, 'ignore_case'),
        }),
    },
    macro_f1: overLabels(() => macroF1Figure),
    precision: averaged('precision'),
    recall: averaged('recall'),
    f1: averaged('f1'),
    matthews_correlation: overLabels(() => matthewsFigure),
    cohens_kappa: overLabels(
      ({ weights }) => kappaFigure(weights as 'linear' | 'quadratic' | undefined),
      { weights: ['linear', 'quadratic'] },
    ),
  };
}

function overLabels(
  figureOf: (options: OptionTexts) => LabelFigure,
  kinds: OptionKinds = {},
): Entry {
  return {
    options: { ...ignoreCase, ...kinds },
    make: (name, options) =>
      labelMetric(name, figureOf(options), { ignore_case: isOn(options, 'ignore_case') }),
  };
}

function averaged(kind: 'precision' | 'recall' | 'f1'): Entry {
  return overLabels(
    ({ average, pos_label }) => {
      if (average !== undefined && pos_label !== undefined) {
        throw new RequestError(`${kind} is of one label or over all; leave average or pos_label.`);
      }
      return averagedFigure(kind, average as 'macro' | undefined, pos_label);
    },
    { average: ['macro', 'weighted', 'micro'], pos_label: 'text' },
  );
}

/** `["a","b"]` is a list of patterns; anything else, `[0-9]` too, is one pattern. */
function patternsIn(text: string | undefined): { regexes_to_ignore?: readonly string[] } {
  if (text === undefined) return {};
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value) && value.every(each => typeof each === 'string')) {
      return { regexes_to_ignore: value };
    }
  } catch {
    // Not JSON, so it is a pattern.
  }
  return { regexes_to_ignore: [text] };
}
