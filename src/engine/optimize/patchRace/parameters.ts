/** The numbers of a patch race; section 3.4 of the design notes, by size of the dataset. */
export interface RaceNumbers {
  /** Validation rows of one block. */
  readonly block: number;
  /** Rows that must have been compared before a child is kept early. */
  readonly fewest: number;
  /** Posterior below which a race ends, from which a child is kept early, and at the end. */
  readonly kill: number;
  readonly accept: number;
  readonly promote: number;
  /** Rows that a proposal's race looks at, at most: while many train rows fail, and later. */
  readonly early: number;
  readonly late: number;
}

/** Race numbers for so many validation rows. */
export function raceNumbers(validationRows: number): RaceNumbers {
  if (validationRows < 20) {
    return { block: 3, fewest: 6, kill: 0.15, accept: 0.9, promote: 0.7, early: 9, late: 20 };
  }
  if (validationRows < 150) {
    return { block: 5, fewest: 10, kill: 0.2, accept: 0.9, promote: 0.7, early: 15, late: 40 };
  }
  return { block: 20, fewest: 40, kill: 0.1, accept: 0.975, promote: 0.9, early: 60, late: 160 };
}

/**
 * Share of failing train rows above which races are short: most edits help, and there is more to gain
 * from the next proposal than from certainty about this one.
 */
export const manyFailures = 0.3;
/** Passing rows shown to the optimizer model per failing row. */
export const passesPerFailure = 4 / 3;
/** Share of `sampleK` that is given to failures. */
export const failureShare = 0.6;
/** Failures that a proposal waits for, as a share of `sampleK`. */
export const enoughFailures = 0.4;
