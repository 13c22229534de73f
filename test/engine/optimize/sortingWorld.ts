import type { Candidate } from '../../../src/engine/core/candidate.ts';
import type { Example } from '../../../src/engine/core/example.ts';
import type { ModelRequest } from '../../../src/engine/core/languageModel.ts';
import type { GuardMetric } from '../../../src/engine/core/metric.ts';
import type { Prompt } from '../../../src/engine/core/prompt.ts';
import type { RunEvent, RunHeader, RunSettings } from '../../../src/engine/core/run.ts';
import { localPool } from '../../../src/engine/executors/localPool.ts';
import { metricNamed } from '../../../src/engine/metrics/registry.ts';
import {
  optimize,
  type OptimizeSockets,
  type OptimizeTask,
} from '../../../src/engine/optimize/optimize.ts';
import { runRollout } from '../../../src/engine/optimize/runRollout.ts';
import { aHeader, anExample, promptId } from '../../support/builders.ts';
import { scriptedModel, textOf, type Reply } from '../../support/scriptedModel.ts';

/** Which shed every fruit belongs to: what the prompt has to say before the model gets it right. */
export const sheds = { apple: 'north', plum: 'south', fig: 'east', kiwi: 'west' } as const;
const fruits = Object.keys(sheds) as (keyof typeof sheds)[];

/** Knows one of four rules: a quarter of the rows is right. */
export const seed = 'Say the shed.\napple goes to north.';
/** One more rule each. */
export const half = `${seed}\nplum goes to south.`;
export const threeQuarters = `${half}\nfig goes to east.`;
export const perfect = `${threeQuarters}\nkiwi goes to west.`;

/** Crates `from` up to, not including, `to`: the four fruits in turn. */
export function crates(from: number, to: number): Example[] {
  return Array.from({ length: to - from }, (_, index) => {
    const number = from + index;
    const fruit = fruits[number % fruits.length] ?? 'apple';
    return anExample(number, `crate ${number}: ${fruit}`, sheds[fruit]);
  });
}

/** A task model that follows the lines "FRUIT goes to SHED", and says `unknown` without one. */
export function sortCrate(request: ModelRequest): string {
  const text = textOf(request);
  const fruit = /crate \d+: (\w+)/.exec(text)?.[1] ?? '';
  return new RegExp(`${fruit} goes to (\\w+)`).exec(text)?.[1] ?? 'unknown';
}

/** Number of the crate that a request is about. */
export function crateOf(request: ModelRequest): number {
  return Number(/crate (\d+):/.exec(textOf(request))?.[1]);
}

/** The optimizer model's answer with this system prompt. */
export function proposalOf(system: string): string {
  return `<prompt_system>${system}</prompt_system>\n<prompt_output></prompt_output>\n<rationale>Because.</rationale>`;
}

/** What a sorting run is made from; everything has a default. */
export interface SortingRun {
  readonly original?: string;
  /** Both parts of the original, where the system prompt alone is not enough. */
  readonly prompt?: Prompt;
  /** System prompts that the optimizer model proposes, in turn. */
  readonly proposals?: readonly string[];
  readonly optimizer?: (request: ModelRequest, call: number) => Reply | Promise<Reply>;
  readonly task?: (request: ModelRequest, call: number) => Reply | Promise<Reply>;
  readonly settings?: Partial<RunSettings>;
  readonly train?: readonly Example[];
  readonly validation?: readonly Example[];
  readonly test?: readonly Example[];
  /** Folds in place of the test rows. */
  readonly folds?: OptimizeTask['folds'];
  readonly metrics?: readonly string[];
  readonly guards?: readonly GuardMetric[];
  /** What else the run is started with. */
  readonly header?: Partial<RunHeader>;
  readonly sockets?: Partial<OptimizeSockets>;
  /** Texts of the original that stay as they are. */
  readonly locked?: readonly string[];
  readonly signal?: AbortSignal;
}

function originalOf(prompt: Prompt): Candidate {
  return { id: promptId(prompt), prompt, parents: [], operator: 'original' };
}

/** 40 train, 30 validation and 30 test crates, by `reflect` unless the settings say otherwise, through the real pool, metrics and loop. */
export function sortingRun(run: SortingRun = {}): {
  events: AsyncIterable<RunEvent>;
  task: ReturnType<typeof scriptedModel>;
  optimizer: ReturnType<typeof scriptedModel>;
} {
  const task = scriptedModel(run.task ?? sortCrate, 'scripted:task');
  const optimizer = scriptedModel(
    run.optimizer ?? (run.proposals ?? [half, threeQuarters, perfect]).map(proposalOf),
    'scripted:optimizer',
  );
  const header = aHeader(
    run.original ?? seed,
    { strategy: 'reflect', ...run.settings },
    {
      ...(run.prompt ? { original: originalOf(run.prompt) } : {}),
      ...(run.metrics ? { metrics: run.metrics } : {}),
      ...(run.guards ? { guards: run.guards } : {}),
      ...(run.folds ? { folds: run.folds.length } : {}),
      ...(run.locked ? { locked: run.locked } : {}),
      ...run.header,
    },
  );
  const events = optimize(
    {
      header,
      train: run.train ?? crates(0, 40),
      validation: run.validation ?? crates(40, 70),
      test: run.test ?? (run.folds ? [] : crates(70, 100)),
      ...(run.folds ? { folds: run.folds } : {}),
    },
    {
      executor: localPool({
        concurrency: header.settings.concurrency,
        perform: (job, signal) => runRollout(job, task, metricNamed, signal),
      }),
      optimizerModel: optimizer,
      metricNamed,
      candidateId: promptId,
      releaseClaimReserve: () => {},
      ...run.sockets,
    },
    run.signal,
  );
  return { events, task, optimizer };
}
