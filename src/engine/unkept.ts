import type { CallRecord } from './core/callRecord.ts';

/** The record of work that belongs to no run: it can be done again, and nothing goes on with it. */
export const unkept: CallRecord = {
  find: () => undefined,
  intend: () => {},
  settle: async () => {},
  fail: () => {},
};
