import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  startLoopbackServer,
  type LoopbackOptions,
  type LoopbackServer,
} from '../../support/loopbackServer.ts';
import { repository, runCli, workspaceWith, type CliRun } from './runCli.ts';

/** The sample prompt and dataset of the demo. */
export const prompt = readFileSync(join(repository, 'examples/triage/prompt.md'), 'utf8');
export const tickets = readFileSync(join(repository, 'examples/triage/tickets.csv'), 'utf8');

/** The first rows of the sample dataset, with its header. */
export function firstTickets(rows: number): string {
  return `${tickets
    .split('\n')
    .slice(0, rows + 1)
    .join('\n')}\n`;
}

/** Rows in the workspace of {@link ServerTask}. */
export const rows = 40;

/** A workspace with the sample task, and a server to ask. */
export interface ServerTask {
  readonly folder: string;
  start(options?: LoopbackOptions): Promise<LoopbackServer>;
  /** The words of an evaluation through that server. */
  evaluate(url: string, ...more: string[]): string[];
  cli(words: readonly string[], env?: Readonly<Record<string, string>>): Promise<CliRun>;
  /** Id of the one run in the workspace. */
  onlyRun(): string;
  recordedAnswers(runId: string): number;
  end(): Promise<void>;
}

/** Sets the task up afresh. */
export function serverTask(): ServerTask {
  const { folder, remove } = workspaceWith({
    'triage.md': prompt,
    'tickets.csv': firstTickets(rows),
  });
  const runs = join(folder, '.prompts/triage/runs');
  let server: LoopbackServer | undefined;
  return {
    folder,
    async start(options = {}) {
      server = await startLoopbackServer(options);
      return server;
    },
    evaluate: (url, ...more) => {
      const words = ['evaluate', '--prompt', 'triage.md', '--dataset', 'tickets.csv'];
      words.push('--metric', 'accuracy', '--model', 'openai:sim-task', '--base-url', url);
      return [...words, ...more];
    },
    cli: (words, env = {}) => runCli(words, { cwd: folder, env }),
    onlyRun() {
      const [runId, ...more] = readdirSync(runs);
      assert.ok(runId && more.length === 0);
      return runId;
    },
    recordedAnswers: runId =>
      readFileSync(join(runs, runId, 'calls.jsonl'), 'utf8').match(/"answer"/g)?.length ?? 0,
    async end() {
      await server?.close();
      remove();
    },
  };
}

/** Resolves when something has become true; fails the test where it does not. */
export async function until(condition: () => boolean): Promise<void> {
  const giveUp = Date.now() + 20_000;
  while (!condition()) {
    assert.ok(Date.now() < giveUp, `this did not become true: ${String(condition)}`);
    await new Promise(fulfil => setTimeout(fulfil, 5));
  }
}
