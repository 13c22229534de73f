import { Worker } from 'node:worker_threads';
import { CancelledError } from '../core/errors.ts';
import type { Reply } from './tasks.ts';

/** How a thread is started and what it may use. */
export interface ThreadLimits {
  readonly place: URL;
  /** Told to the thread when it starts. */
  readonly workerData?: unknown;
  /** Milliseconds for one task, counted from when the thread is ready. */
  readonly taskMs: number;
  readonly heapMb: number;
  /** Milliseconds without a task after which the thread is ended. */
  readonly idleMs: number;
}

/** Milliseconds for a thread to start on a busy machine. */
const startMs = 15_000;

/** Why a task has no answer. */
export type ThreadEnd = 'timeout' | 'memory' | 'ended';

/** A task that the thread did not answer. */
export class ThreadError extends Error {
  readonly end: ThreadEnd;

  constructor(end: ThreadEnd) {
    super(`The thread gave no answer: ${end}.`);
    this.end = end;
  }
}

/** A thread that is asked one thing after the other. */
export interface EndableThread<Task> {
  /** Throws `ThreadError`, and `CancelledError` where the signal aborts. */
  ask(task: Task, signal?: AbortSignal): Promise<Reply>;
}

/**
 * A thread that starts with its first task, is ended where a task takes too long or is cancelled,
 * and starts anew with the next one. It never keeps the process alive.
 */
export function endableThread<Task>(limits: ThreadLimits): EndableThread<Task> {
  let worker: Worker | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let idle: NodeJS.Timeout | undefined;

  async function end(): Promise<void> {
    const ending = worker;
    worker = undefined;
    await ending?.terminate();
  }

  async function started(): Promise<Worker> {
    if (worker) return worker;
    const made = new Worker(limits.place, {
      workerData: limits.workerData,
      resourceLimits: { maxOldGenerationSizeMb: limits.heapMb, maxYoungGenerationSizeMb: 16 },
      // What code of a workspace prints belongs neither to the protocol nor to our own output.
      stdout: true,
      stderr: true,
    });
    worker = made;
    await nextReply(made, startMs, undefined);
    return made;
  }

  async function perform(task: Task, signal: AbortSignal | undefined): Promise<Reply> {
    if (signal?.aborted) throw new CancelledError();
    clearTimeout(idle);
    try {
      const running = await started();
      running.ref();
      const reply = nextReply(running, limits.taskMs, signal);
      running.postMessage(task);
      const answer = await reply;
      running.unref();
      return answer;
    } catch (error) {
      await end();
      throw error;
    } finally {
      idle = setTimeout(() => void end(), limits.idleMs);
      idle.unref();
    }
  }

  return {
    ask: (task, signal) => {
      const answer = last.then(() => perform(task, signal));
      last = answer.catch(() => undefined);
      return answer;
    },
  };
}

/** The next message of a thread, or why there is none. */
async function nextReply(
  worker: Worker,
  ms: number,
  signal: AbortSignal | undefined,
): Promise<Reply> {
  const settled = new AbortController();
  const once = { once: true, signal: settled.signal } as const;
  try {
    return await new Promise<Reply>((resolve, reject) => {
      const onMessage = (reply: Reply): void => resolve(reply);
      const onError = (error: unknown): void => reject(threadError(error));
      const onExit = (): void => reject(new ThreadError('ended'));
      const timer = setTimeout(() => reject(new ThreadError('timeout')), ms);
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      settled.signal.addEventListener('abort', () => {
        clearTimeout(timer);
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      });
      signal?.addEventListener('abort', () => reject(new CancelledError()), once);
    });
  } finally {
    settled.abort();
  }
}

function threadError(error: unknown): Error {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return new ThreadError(code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'ended');
}
