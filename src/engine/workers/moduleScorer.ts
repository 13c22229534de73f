import { existsSync } from 'node:fs';
import { RequestError, ScoringError } from '../core/errors.ts';
import type { OutsideScorer } from '../core/outside.ts';
import { endableThread, ThreadError } from './endable.ts';
import { threadPlace } from './place.ts';
import type { ModuleTask } from './tasks.ts';

/** Limits of a file of the workspace. */
export interface ModuleLimits {
  /** Milliseconds for one row, loading included; 5000 where absent. */
  readonly taskMs?: number;
  /** Memory of the thread in MB; 256 where absent. */
  readonly heapMb?: number;
}

/**
 * The function that a `.js` or `.ts` file of the workspace exports by default, on a thread of its
 * own. It runs with the person's rights: only for a workspace that they trust.
 */
export function moduleScorer(
  path: string,
  { taskMs = 5000, heapMb = 256 }: ModuleLimits = {},
): OutsideScorer {
  const thread = endableThread<ModuleTask>({
    place: threadPlace('moduleThread', 'moduleThread'),
    workerData: { path },
    taskMs,
    heapMb,
    idleMs: 10_000,
  });

  async function ask(task: ModuleTask, signal?: AbortSignal): Promise<unknown> {
    const reply = await thread.ask(task, signal).catch((error: unknown) => {
      if (!(error instanceof ThreadError)) throw error;
      throw new ScoringError(`${path} ${sentences[error.end](taskMs, heapMb)}`);
    });
    if ('problem' in reply) throw new ScoringError(`${path}: ${reply.problem}.`);
    return reply.value;
  }

  return {
    check: async signal => {
      if (!existsSync(path)) throw new RequestError(`There is no file ${path} to score with.`);
      try {
        await ask({}, signal);
      } catch (error) {
        if (error instanceof ScoringError) throw new RequestError(error.message);
        throw error;
      }
    },
    score: (request, signal) => ask({ request }, signal),
  };
}

const sentences: Readonly<Record<ThreadError['end'], (ms: number, mb: number) => string>> = {
  timeout: ms => `took longer than ${ms / 1000} s on this row.`,
  memory: (_, mb) => `needed more than ${mb} MB on this row.`,
  ended: () => 'ended its thread; it has to return a score instead.',
};
