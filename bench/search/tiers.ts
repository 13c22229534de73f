/** Size of a world (`algorithms.md`, 4.1). */
export type Tier = 'S' | 'M' | 'L';

/** How much there is in a world. */
export interface Size {
  readonly singles: number;
  readonly conjunctions: number;
  readonly exceptions: number;
  readonly distractors: number;
  readonly labels: number;
  readonly rows: number;
  readonly testRows: number;
}

/** The sizes of the design; a fifth of the rows and more is kept for the claim. */
export const sizes: Readonly<Record<Tier, Size>> = {
  S: {
    singles: 3,
    conjunctions: 1,
    exceptions: 0,
    distractors: 6,
    labels: 4,
    rows: 14,
    testRows: 6,
  },
  M: {
    singles: 5,
    conjunctions: 2,
    exceptions: 1,
    distractors: 6,
    labels: 6,
    rows: 140,
    testRows: 60,
  },
  L: {
    singles: 8,
    conjunctions: 4,
    exceptions: 3,
    distractors: 10,
    labels: 8,
    rows: 1400,
    testRows: 600,
  },
};
