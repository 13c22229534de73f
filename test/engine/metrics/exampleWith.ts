import type { Example } from '../../../src/engine/core/example.ts';

/** An example whose expected answer is all that matters. */
export function exampleWith(expected: string | undefined): Example {
  return {
    id: 'row-7',
    inputs: { input: 'any' },
    ...(expected === undefined ? {} : { expected }),
    origin: 'file',
    line: 7,
  };
}
