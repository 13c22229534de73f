import { RequestError, ScoringError } from '../core/errors.ts';
import type { GuardedChecks } from '../core/outside.ts';
import { endableThread, ThreadError } from './endable.ts';
import { threadPlace } from './place.ts';
import type { CheckTask } from './tasks.ts';

/** Limits of one check. */
export interface CheckLimits {
  /** Milliseconds for one row; 1000 where absent. */
  readonly taskMs?: number;
}

/** Patterns and schemas on a thread that is ended where a row takes longer than a second. */
export function guardedChecks({ taskMs = 1000 }: CheckLimits = {}): GuardedChecks {
  const thread = endableThread<CheckTask>({
    place: threadPlace('thread', 'checkThread'),
    taskMs,
    heapMb: 256,
    idleMs: 10_000,
  });

  async function ask(what: string, task: CheckTask, signal?: AbortSignal): Promise<unknown> {
    const reply = await thread.ask(task, signal).catch((error: unknown) => {
      if (!(error instanceof ThreadError)) throw error;
      throw new ScoringError(sentences[error.end](what, taskMs));
    });
    if ('problem' in reply) throw new RequestError(`The ${what} cannot be used: ${reply.problem}.`);
    return reply.value;
  }

  return {
    matches: async (pattern, text, signal) =>
      (await ask('pattern', { kind: 'matches', pattern, text }, signal)) === true,
    without: async (patterns, text, signal) => {
      // A thread is sent plain values, and a `RegExp` would travel with its last place.
      const plain = patterns.map(({ source, flags }) => ({ source, flags }));
      return String(await ask('pattern', { kind: 'without', patterns: plain, text }, signal));
    },
    schemaProblems: async (schema, json, signal) =>
      (await ask('JSON schema', { kind: 'schema', schema, json }, signal)) as string[],
  };
}

const sentences: Readonly<Record<ThreadError['end'], (what: string, ms: number) => string>> = {
  timeout: (what, ms) =>
    `The ${what} took longer than ${ms / 1000} s on this row. Write it without nested repetition.`,
  memory: what => `The ${what} needed more than 256 MB on this row.`,
  ended: what => `The thread that checks the ${what} ended. Try again.`,
};
