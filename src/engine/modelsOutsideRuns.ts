import type { CallRecord } from './core/callRecord.ts';
import type { RunSettings } from './core/run.ts';
import type { EngineParts, RunModels } from './parts.ts';
import { runClock } from './runClock.ts';

/** The record of work that belongs to no run: it can be done again, and nothing goes on with it. */
const unkept: CallRecord = {
  find: () => undefined,
  intend: () => {},
  settle: async () => {},
  fail: () => {},
};

/** A model for work that belongs to no run; the budget begins anew, and answers go to the cache. */
export function modelsOutsideRuns(
  { openRunModels, now }: Pick<EngineParts, 'openRunModels' | 'now'>,
  { concurrency, budget }: Pick<RunSettings, 'concurrency' | 'budget'>,
  model: string,
): RunModels {
  return openRunModels({
    runId: '',
    record: unkept,
    concurrency,
    budget,
    alreadySpent: { calls: 0, tokens: 0, usd: 0 },
    elapsedMs: runClock(0, () => now().getTime()),
    models: [model],
    onWait: () => {},
    onCacheDamage: () => {},
  });
}
