import { classification } from './classification.ts';
import { primitives } from './primitives.ts';
import { statistics } from './statistics.ts';
import { texts } from './texts.ts';
import type { Computation } from './vector.ts';

/** Every metric of the vectors in our own code. */
export const computations: ReadonlyMap<string, Computation> = new Map([
  ...Object.entries(classification),
  ...Object.entries(texts),
  ...Object.entries(statistics),
  ...Object.entries(primitives),
]);
