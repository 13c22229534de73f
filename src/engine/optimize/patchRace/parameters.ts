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
}

/** Race numbers for so many validation rows. */
export function raceNumbers(validationRows: number): RaceNumbers {
  if (validationRows < 20) return { block: 3, fewest: 6, kill: 0.15, accept: 0.9, promote: 0.7 };
  if (validationRows < 150) return { block: 5, fewest: 10, kill: 0.2, accept: 0.9, promote: 0.7 };
  return { block: 20, fewest: 40, kill: 0.1, accept: 0.975, promote: 0.9 };
}

/** Failing and passing train rows that one edit is screened on. */
export function screenRows(trainRows: number): number {
  return trainRows < 20 ? 2 : trainRows < 500 ? 3 : 4;
}

/** Above this share of failing train rows, edits are raced together without a screen. */
export const bundleAbove = 0.3;
/** Passing rows shown to the optimizer model per failing row. */
export const passesPerFailure = 4 / 3;
/** Share of `sampleK` that is given to failures. */
export const failureShare = 0.6;
