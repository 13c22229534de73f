import { raceNumbers } from './patchRace/parameters.ts';

/** Rows and stop rules that decide how much a search asks. */
export interface SearchSize {
  readonly train: number;
  readonly validation: number;
  /** Train rows of one look, no more than there are. */
  readonly sample: number;
  readonly patience: number;
  readonly maxIterations: number;
}

/** What a search asks, the look at the test rows left out. */
export interface SearchCalls {
  /** Calls of the task model. Low: the first look finds nothing to mend. */
  readonly low: number;
  /** Every trial is run on every row that it may look at, and a few of them are kept. */
  readonly high: number;
  /** Where between the two most runs end, 0..1. */
  readonly likely: number;
  /** Whether each trial asks the optimizer model. */
  readonly proposes: boolean;
  /** Trials at most. */
  readonly trials: number;
}

/** Times that a race begins anew without an edit that harms, at most as a rule. */
const restarts = 1;
/** Trials that are kept, and then looked at on all train rows, at most as a rule. */
const kept = 3;
/** Train rows that one proposal of GEPA looks at, for parent and child. */
const minibatches = 6;

// Where most runs end: as the simulated triage task did with the default settings (November 2026).
const rules: Readonly<Record<string, (size: SearchSize) => SearchCalls>> = {
  'patch-race': size => {
    const { train, validation, sample, maxIterations, patience } = size;
    const raced = Math.min(validation, raceNumbers(validation).late);
    const looksOnce = sample < train && maxIterations > 1 && patience > 1;
    return {
      low: sample + (looksOnce ? validation : 0),
      high: train + validation + kept * train + maxIterations * (restarts * raced + validation),
      likely: 0.2,
      proposes: true,
      trials: maxIterations,
    };
  },
  reflect: size => proposalsOn(size, 0.4),
  squeeze: ({ train, validation, maxIterations }) => ({
    low: train + validation,
    high: (train + validation) * (1 + maxIterations),
    likely: 0.25,
    proposes: false,
    trials: maxIterations,
  }),
  demos: withoutProposals,
  'beam-ucb': size => proposalsOn(size, 0.35),
  gepa: size => {
    const { train, validation, maxIterations } = size;
    return {
      low: validation,
      high: train + validation + kept * train + maxIterations * (minibatches + validation),
      likely: 0.4,
      proposes: true,
      trials: maxIterations,
    };
  },
  'one-shot': ({ validation, sample }) => ({
    low: sample + validation,
    high: sample + 2 * validation,
    likely: 1,
    proposes: true,
    trials: 1,
  }),
  noop: ({ validation, sample }) => ({
    low: sample + validation,
    high: sample + validation,
    likely: 1,
    proposes: false,
    trials: 0,
  }),
};

/** A proposal a trial, from a sample of train rows, that races on validation rows. */
function proposalsOn(
  { train, validation, sample, maxIterations }: SearchSize,
  likely: number,
): SearchCalls {
  return {
    low: sample + validation,
    high: train + validation + kept * train + maxIterations * (sample + validation),
    likely,
    proposes: true,
    trials: maxIterations,
  };
}

/** Prompts that are made without an optimizer model, and race on validation rows. */
function withoutProposals({ train, validation, sample, maxIterations }: SearchSize): SearchCalls {
  return {
    low: sample + validation,
    high: sample + validation + 2 * train + maxIterations * validation,
    likely: 0.3,
    proposes: false,
    trials: maxIterations,
  };
}

/** What a strategy asks on rows of this size; of one that is not known, as of the first. */
export function searchCalls(strategy: string, size: SearchSize): SearchCalls {
  const rule = rules[strategy] ?? rules['reflect'];
  if (!rule) throw new Error('There is no rule for the first strategy.');
  return rule(size);
}
