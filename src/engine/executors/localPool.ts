import type { Executor } from '../core/executor.ts';
import type { Rollout, RolloutJob } from '../core/rollout.ts';

/** What a pool is made of. */
export interface LocalPoolOptions {
  /** Jobs in flight at most; 1 or more. */
  readonly concurrency: number;
  /** Runs one job. A throw stops the whole run; a failed row is a rollout, not a throw. */
  perform(job: RolloutJob, signal?: AbortSignal): Promise<Rollout>;
  /** How long a cancelled run waits for jobs in flight that do not heed the signal; 2,000 ms. */
  readonly graceMs?: number;
}

/**
 * Runs jobs in this process, so many at a time, and yields each rollout as it finishes.
 *
 * Cancelling: queued jobs never start; jobs in flight may still hand in what was paid, for
 * `graceMs` at most; then the iteration ends without an error. An error of `perform` stops the
 * queue, and is thrown after the jobs in flight have handed in theirs.
 */
export function localPool(options: LocalPoolOptions): Executor {
  return { run: (jobs, signal) => runJobs(jobs, options, signal) };
}

async function* runJobs(
  jobs: readonly RolloutJob[],
  { concurrency, perform, graceMs = 2000 }: LocalPoolOptions,
  signal: AbortSignal | undefined,
): AsyncGenerator<Rollout> {
  if (signal?.aborted) return;
  const inFlight = new AbortController();
  const arrived: Rollout[] = [];
  let failure: { readonly error: unknown } | undefined;
  let stopping = false;
  let unfinished = jobs.length;
  let graceTimer: ReturnType<typeof setTimeout> | undefined;
  let wake = (): void => {};

  const cancel = (): void => {
    stopping = true;
    inFlight.abort(signal?.reason);
    graceTimer = setTimeout(() => {
      unfinished = 0;
      wake();
    }, graceMs);
  };
  const runOne = async (job: RolloutJob): Promise<void> => {
    try {
      if (!stopping) arrived.push(await perform(job, inFlight.signal));
    } catch (error) {
      // After a cancel every job in flight ends with an error of its own: that is no news.
      if (!signal?.aborted) failure ??= { error };
      stopping = true;
    }
    unfinished -= 1;
    wake();
  };

  signal?.addEventListener('abort', cancel, { once: true });
  try {
    const waiting = jobs.values();
    const work = async (): Promise<void> => {
      for (const job of waiting) await runOne(job);
    };
    for (let place = 0; place < concurrency; place += 1) void work();
    while (unfinished > 0 || arrived.length > 0) {
      const next = arrived.shift();
      if (next) {
        yield next;
        continue;
      }
      await new Promise<void>(resolve => {
        wake = resolve;
      });
    }
    if (failure) throw failure.error;
  } finally {
    clearTimeout(graceTimer);
    signal?.removeEventListener('abort', cancel);
    stopping = true;
    // A reader that walks away early leaves nothing running behind it.
    inFlight.abort();
  }
}
