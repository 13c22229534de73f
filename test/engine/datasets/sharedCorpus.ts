import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The corpus of broken and odd files that lies beside this repository on our machines. */
export const sharedCorpus = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));

/** `describe` where the corpus is there; else the tests are shown as skipped. */
export const describeWithCorpus: (title: string, tests: () => void) => void = (title, tests) => {
  if (existsSync(sharedCorpus)) describe(title, tests);
  else describe.skip(`${title} (skipped: ../shared/data is absent)`, () => undefined);
};
