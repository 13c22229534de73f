import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { withDefaults } from '../../src/engine/core/defaults.ts';
import { BudgetError } from '../../src/engine/core/errors.ts';
import type { Example } from '../../src/engine/core/example.ts';
import type { LanguageModel, ModelRequest } from '../../src/engine/core/languageModel.ts';
import type { Metric } from '../../src/engine/core/metric.ts';
import type { Prompt } from '../../src/engine/core/prompt.ts';
import { hashedFraction } from '../../src/engine/core/random.ts';
import { emptyRun, reduce } from '../../src/engine/core/reduce.ts';
import type { RunEvent, RunHeader, RunSettings, RunState } from '../../src/engine/core/run.ts';
import { localPool } from '../../src/engine/executors/localPool.ts';
import { nothingLearned, type Learned } from '../../src/engine/optimize/foresight/metaModel.ts';
import { optimize } from '../../src/engine/optimize/optimize.ts';
import { runRollout } from '../../src/engine/optimize/runRollout.ts';
import type { Strategy } from '../../src/engine/optimize/strategy.ts';
import { optimizerModelOf } from './optimizerModel.ts';
import { tokensOf } from './statements.ts';
import { taskModelOf } from './taskModel.ts';
import { gradeOf } from './grade.ts';
import type { SimRow } from './rows.ts';
import type { World } from './world.ts';

/** From `calls` task calls on, the search would return `prompt`. */
export interface CurvePoint {
  readonly calls: number;
  /** Of both models. */
  readonly tokens: number;
  readonly prompt: string;
}

/** What one optimizer did in one world. */
export interface WorldRun {
  readonly curve: readonly CurvePoint[];
  readonly final: string;
  readonly taskCalls: number;
  readonly taskTokens: number;
  readonly optimizerCalls: number;
  readonly optimizerTokens: number;
  /** The gain that it claims, −1..1, where it claims one. */
  readonly claimed?: {
    readonly gain: number;
    readonly low: number;
    readonly high: number;
    readonly verdict: string;
  };
  /** Best score that the search itself saw for its result. */
  readonly searchScore?: number;
  /** The run at its end. */
  readonly state: RunState;
  readonly reason: string;
  readonly cpuMs: number;
  readonly wallMs: number;
}

/** The grade of the label between the angle brackets; 0 where there is none. */
export function labelMetric(world: World): Metric {
  return {
    name: 'label',
    description: world.traits.isGraded
      ? 'how near the answer between double angle brackets is to the expected label, 0 to 1'
      : '1 where the answer between double angle brackets is the expected label, else 0',
    needs: 'expected',
    score: async (output, { expected = '' }) => {
      const said = /<<\s*([A-Z]+)\s*>>/u.exec(output)?.[1];
      if (said === undefined) return { value: 0, feedback: 'The answer could not be read.' };
      const value = gradeOf(said, expected, world);
      return value === 1 ? { value } : { value, feedback: `Expected ${expected}.` };
    },
    aggregate: scores => scores.reduce((sum, score) => sum + score.value, 0) / scores.length,
  };
}

/** Puts our engine through a world: `limit` task calls for the search, the test rows besides. */
export async function runOurs(
  world: World,
  strategy: Strategy,
  limit: number,
  { latency = 0, ...settings }: { readonly latency?: number } & Partial<RunSettings> = {},
  {
    watch = () => {},
    earlier = nothingLearned,
  }: { readonly watch?: (event: RunEvent) => void; readonly earlier?: Learned } = {},
): Promise<WorldRun> {
  const spent = { task: 0, taskTokens: 0, optimizer: 0, optimizerTokens: 0 };
  let searching = true;
  const answerTask = taskModelOf(world);
  const answerOptimizer = optimizerModelOf(world);
  const task = modelOf('sim:task', latency, request => {
    if (searching && spent.task >= limit) throw new BudgetError('calls', 'The calls are used up.');
    const answer = answerTask(textOf(request));
    if (searching) {
      spent.task += 1;
      spent.taskTokens += tokensOf(textOf(request)) + tokensOf(answer);
    }
    return answer;
  });
  const optimizer = modelOf('sim:optimizer', latency, request => {
    const answer = answerOptimizer(textOf(request), request.sample);
    spent.optimizer += 1;
    spent.optimizerTokens += tokensOf(textOf(request)) + tokensOf(answer);
    return answer;
  });
  const metric = labelMetric(world);
  const header = headerOf(world, strategy, settings);
  const parts = splitRows(world);
  const curve: CurvePoint[] = [{ calls: 0, tokens: 0, prompt: world.original }];
  const began = process.cpuUsage();
  const beganAt = performance.now();
  let state = emptyRun;
  const run = optimize(
    { header, ...parts, test: world.testRows.map(exampleOf) },
    {
      executor: localPool({
        concurrency: 16,
        perform: (job, signal) => runRollout(job, task, () => metric, signal),
      }),
      optimizerModel: optimizer,
      metricNamed: () => metric,
      candidateId: idOf,
      releaseClaimReserve: () => (searching = false),
      strategy,
      earlier,
    },
  );
  for await (const event of run) {
    state = reduce(state, event);
    watch(event);
    if (event.type === 'trial-end' && event.trial.accepted) {
      curve.push({
        calls: spent.task,
        tokens: spent.taskTokens + spent.optimizerTokens,
        prompt: promptOf(state.candidates[state.incumbentId]?.prompt),
      });
    }
  }
  const used = process.cpuUsage(began);
  const { claim, ended } = state;
  return {
    curve,
    final: promptOf(state.candidates[ended?.bestId ?? '']?.prompt),
    taskCalls: spent.task,
    taskTokens: spent.taskTokens,
    optimizerCalls: spent.optimizer,
    optimizerTokens: spent.optimizerTokens,
    ...(claim
      ? {
          claimed: {
            gain: claim.difference.value,
            low: claim.difference.low,
            high: claim.difference.high,
            verdict: claim.verdict,
          },
        }
      : {}),
    state,
    reason: `${ended?.reason}: ${ended?.sentence}`,
    cpuMs: (used.user + used.system) / 1000,
    wallMs: performance.now() - beganAt,
  };
}

function headerOf(world: World, { id }: Strategy, settings: Partial<RunSettings>): RunHeader {
  const prompt = { system: world.original, output: '' };
  return {
    runId: 'bench',
    kind: 'optimize',
    promptName: 'sim',
    version: 1,
    original: { id: idOf(prompt), prompt, parents: [], operator: 'original' },
    // Calls stop the run, or sixty trials without a gain: then the curve stays where it is.
    settings: withDefaults({
      targetThreshold: 1,
      patience: 60,
      maxIterations: 300,
      seed: world.seed,
      strategy: id,
      ...settings,
    }),
    datasetName: 'sim',
    datasetFingerprint: String(world.seed),
    rows: {},
    unusableRows: 0,
    metrics: ['label'],
    taskModel: 'sim:task',
    optimizerModel: 'sim:optimizer',
  };
}

/** The optimise rows as the product would split them, test rows apart: 7 train to 5 validation. */
export function splitRows({ rows }: World) {
  const order = [...rows].sort((a, b) => hashedFraction(a.anchor) - hashedFraction(b.anchor));
  const train = Math.round((rows.length * 7) / 12);
  return {
    train: order.slice(0, train).map(exampleOf),
    validation: order.slice(train).map(exampleOf),
  };
}

function exampleOf({ anchor, text, gold }: SimRow): Example {
  return {
    id: anchor,
    inputs: { case: text },
    expected: gold,
    origin: 'file',
    line: Number(anchor.slice(1)),
  };
}

function modelOf(
  id: string,
  latency: number,
  answer: (request: ModelRequest) => string,
): LanguageModel {
  return {
    id,
    generate: async request => {
      if (latency > 0) await delay(latency);
      const text = answer(request);
      return {
        text,
        finish: 'stop',
        model: id,
        usage: {
          calls: 1,
          inputTokens: tokensOf(textOf(request)),
          outputTokens: tokensOf(text),
          usd: 0,
          estimated: false,
        },
      };
    },
  };
}

function textOf({ messages }: ModelRequest): string {
  return messages.map(message => message.content).join('\n');
}

function promptOf(prompt: Prompt | undefined): string {
  if (!prompt) return '';
  return prompt.output === '' ? prompt.system : `${prompt.system}\n${prompt.output}`;
}

function idOf(prompt: Prompt): string {
  return createHash('sha256').update(JSON.stringify(prompt)).digest('hex').slice(0, 16);
}
