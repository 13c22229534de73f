import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compose } from '../../../src/compose.ts';
import {
  emptyRun,
  parsePromptFile,
  reduce,
  type Engine,
  type OptimizeRequest,
  type RunEvent,
  type RunState,
} from '../../../src/engine/index.ts';
import { formatJson } from '../../../src/engine/store/json.ts';

const examples = join(import.meta.dirname, '../../../examples/triage');

/** A run that is to be killed: what it does and on how many rows. */
export interface TicketRun {
  readonly kind: 'optimize' | 'evaluate';
  readonly rows: number;
  readonly concurrency: number;
}

/** A fresh workspace with so many tickets; beyond those of the sample they differ in a number. */
export function ticketFolder(rows: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'crash-'));
  const [head = '', ...tickets] = readFileSync(join(examples, 'tickets.csv'), 'utf8')
    .trimEnd()
    .split('\n');
  const lines = Array.from({ length: rows }, (_, at) => {
    const line = tickets[at % tickets.length] ?? '';
    return at < tickets.length ? line : line.replace(/^T\d+,"?/, `$&Case ${at}: `);
  });
  writeFileSync(join(folder, 'tickets.csv'), `${[head, ...lines].join('\n')}\n`);
  return folder;
}

/** The engine as the command line has it: the `openai` client, and files on the disk. */
export function ticketEngine(folder: string, url: string): Engine {
  return compose({
    folder,
    settings: {
      openaiBaseUrl: url,
      taskModel: 'openai:sim-task',
      optimizerModel: 'openai:sim-optimizer',
    },
    keyFor: () => Promise.resolve(undefined),
  });
}

/** What the run is asked for. */
export function ticketRequest({ concurrency }: TicketRun): OptimizeRequest {
  return {
    promptName: 'triage',
    prompt: parsePromptFile(readFileSync(join(examples, 'prompt.md'), 'utf8')),
    dataset: 'tickets.csv',
    metrics: ['accuracy'],
    settings: { concurrency, maxIterations: 2, targetThreshold: 1, sampleK: 10 },
  };
}

/** Begins the run, or goes on with the one that the workspace holds. */
export async function workOn(engine: Engine, run: TicketRun): Promise<AsyncIterable<RunEvent>> {
  const [found] = await engine.runs();
  if (found) return engine.resume(found.runId);
  return run.kind === 'optimize'
    ? engine.optimize(ticketRequest(run))
    : engine.evaluate(ticketRequest(run));
}

/** Works on the run to its end, and saves its winner as the command line does. */
export async function finish(engine: Engine, run: TicketRun): Promise<RunState> {
  let state = emptyRun;
  for await (const event of await workOn(engine, run)) state = reduce(state, event);
  const { header, ended } = state;
  if (header && ended && ended.bestId !== header.original.id) {
    await engine.keep(header.runId, ended.bestId);
  }
  return state;
}

/** Digest of all that a run found out: answers, scores, decisions, the chosen prompt. */
export function digestOf({ header, evaluations, trials, claim, ended, candidates }: RunState) {
  const found = {
    rows: header?.rows,
    evaluations: evaluations.map(({ rollouts, ...evaluation }) => ({
      ...evaluation,
      rollouts: rollouts.map(({ usage: _paid, milliseconds: _took, ...rollout }) => rollout),
    })),
    trials,
    claim,
    ended,
    best: candidates[ended?.bestId ?? '']?.prompt,
  };
  return createHash('sha256').update(formatJson(found)).digest('hex');
}
