import type { Estimate } from '../../src/engine/index.ts';

/** What a run of the filled form costs. */
export const readyEstimate: Estimate = {
  calls: { low: 640, likely: 910, high: 1_150 },
  tokens: { low: 182_000, likely: 290_000, high: 410_000 },
  usd: { low: 0.45, likely: 0.8, high: 1.3 },
  minutes: { low: 3, likely: 6, high: 14 },
  threeRows: { calls: 3, tokens: 3_400, usd: 0.002 },
  rows: { train: 120, validation: 40, test: 80 },
  unusableRows: 3,
  problems: [{ line: 18, message: 'one cell where the header has 2; add what is missing.' }],
  warnings: [],
  taskModel: 'demo:task',
  optimizerModel: 'demo:optimizer',
  unpriced: [],
  notes: ['80 test rows can show a gain of about 10 points or more.'],
};
