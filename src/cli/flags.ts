import type { Command } from 'commander';
import type { Budget, RunSettings, Shares } from '../engine/index.ts';
import { addColumnFlags, type ColumnFlags } from './columnFlags.ts';
import { decimal, wholeNumber } from './numbers.ts';

/** Flags of every verb. */
export interface CommonFlags {
  readonly model?: string;
  readonly baseUrl?: string;
  readonly judgeModel?: string;
  readonly concurrency?: number;
  readonly temperature?: number;
  readonly maxTokens?: number;
  /** Workspace folder as it was typed; `.prompts` lies below it. */
  readonly folder?: string;
  readonly json?: boolean;
  /** False: answers are neither taken from the workspace's cache nor kept there. */
  readonly cache?: boolean;
  /** Megabytes. */
  readonly cacheSize?: number;
}

/** Flags of the two verbs that run a prompt over a dataset. */
export interface RunFlags extends CommonFlags, ColumnFlags {
  readonly prompt?: string;
  readonly name?: string;
  readonly dataset?: string;
  readonly columnsByName?: boolean;
  readonly metric?: readonly string[];
  readonly targetThreshold?: number;
  readonly budgetUsd?: number;
  readonly budgetTokens?: number;
  readonly budgetCalls?: number;
  readonly budgetMinutes?: number;
  readonly repeats?: number;
  readonly seed?: number;
  readonly estimate?: boolean;
  readonly probe?: boolean;
  readonly yes?: boolean;
  readonly report?: string;
  readonly export?: string;
  readonly resume?: string;
  readonly acceptChanges?: boolean;
}

/** Flags of `evaluate`. */
export interface EvaluateFlags extends RunFlags {
  readonly slice?: readonly string[];
}

/** Flags of `optimize`. */
export interface OptimizeFlags extends RunFlags {
  readonly optimizerModel?: string;
  readonly guard?: readonly string[];
  readonly lock?: readonly string[];
  readonly patience?: number;
  readonly maxIterations?: number;
  readonly sampleK?: number;
  readonly shares?: Shares;
  readonly strategy?: string;
  readonly component?: string;
  readonly bandit?: boolean;
  readonly metaModel?: boolean;
  readonly contrast?: boolean;
  readonly crossValidation?: boolean;
}

/** Flags of a run; each verb has some of its own. */
export type AnyRunFlags = EvaluateFlags & OptimizeFlags;

/** Adds the flags of every verb to the program. */
export function addCommonFlags(program: Command): Command {
  return program
    .option('--model <provider:id>', 'task model: openai:…, vertex:… or demo:…')
    .option('--judge-model <provider:id>', 'model of the metrics judge and judge_pair')
    .option('--base-url <url>', 'address of an OpenAI-compatible server (or OPENAI_BASE_URL)')
    .option('--concurrency <n>', 'calls at the same time', wholeNumber('--concurrency', 1, 256))
    .option('--temperature <t>', 'temperature of the task model', decimal('--temperature', 0, 2))
    .option(
      '--max-tokens <n>',
      'longest answer of the task model, in tokens',
      wholeNumber('--max-tokens', 1, 1_000_000),
    )
    .option('--folder <dir>', 'workspace folder: versions are kept in its .prompts (default: here)')
    .option('--no-cache', 'ask for every answer again, and keep none for later runs')
    .option(
      '--cache-size <mb>',
      'most that the cache of answers may hold, in megabytes (default: 100)',
      wholeNumber('--cache-size', 0, 2_000),
    )
    .option('--json', 'print one JSON object; progress goes to standard error');
}

/** Adds the flags that `evaluate` and `optimize` share. */
export function addRunFlags(verb: Command): Command {
  return addColumnFlags(
    verb
      .option('--prompt <file|name[@version]>', 'prompt file, or the name of a saved prompt')
      .option('--name <name>', 'name to save under (default: the name of the prompt file)')
      .option(
        '--dataset <file>',
        'rows to run: CSV, TSV, JSON, JSONL, YAML, Parquet, Excel, a folder',
      )
      .option(
        '--metric <name...>',
        'how answers are scored; the first is the primary one (see metrics)',
      ),
  )
    .option('--columns-by-name', 'leave out the columns that were kept for the prompt')
    .option(
      '--target-threshold <score>',
      'score that is asked for, 0 to 1',
      decimal('--target-threshold', 0, 1),
    )
    .option('--budget-usd <usd>', 'spend at most this', decimal('--budget-usd', 0, 1_000_000))
    .option(
      '--budget-tokens <n>',
      'use at most this many tokens',
      wholeNumber('--budget-tokens', 1),
    )
    .option('--budget-calls <n>', 'send at most this many calls', wholeNumber('--budget-calls', 1))
    .option(
      '--budget-minutes <n>',
      'work for at most this long; time in which the run is paused or stopped does not count',
      decimal('--budget-minutes', 0, 100_000),
    )
    .option(
      '--repeats <n>',
      'ask about each row so often, and score it by the mean (default: 1)',
      wholeNumber('--repeats', 1, 20),
    )
    .option('--seed <n>', 'seed of everything that is drawn', wholeNumber('--seed', 0))
    .option('--estimate', 'print what it will cost, as a range, and stop')
    .option(
      '--probe',
      'ask three rows first and estimate from their answers; the run does not pay them again',
    )
    .option('--yes', 'do not ask before spending')
    .option('--report <file.md>', 'write a Markdown report')
    .option(
      '--export <file>',
      'write each row with its scores: .csv, .tsv, .jsonl, .json, .xml (JUnit)',
    )
    .option('--resume <run>', 'go on with an interrupted run; paid answers are not paid again')
    .option(
      '--accept-changes',
      'with --resume: go on though dataset, metric, model or prompt has changed since',
    );
}

/** The limits that were named; undefined where none was. */
export function budgetOf(flags: RunFlags): Budget | undefined {
  const {
    budgetUsd: usd,
    budgetTokens: tokens,
    budgetCalls: calls,
    budgetMinutes: minutes,
  } = flags;
  if ([usd, tokens, calls, minutes].every(each => each === undefined)) return undefined;
  return {
    ...(usd === undefined ? {} : { usd }),
    ...(tokens === undefined ? {} : { tokens }),
    ...(calls === undefined ? {} : { calls }),
    ...(minutes === undefined ? {} : { minutes }),
  };
}

/** What the flags say of a run; what they do not say stays the engine's default. */
export function settingsOf(flags: OptimizeFlags): Partial<RunSettings> {
  const { targetThreshold, patience, maxIterations, sampleK, shares, seed, strategy } = flags;
  const { component, bandit, metaModel, contrast, crossValidation } = flags;
  const { concurrency, temperature, maxTokens, repeats } = flags;
  const budget = budgetOf(flags);
  const said = {
    targetThreshold,
    patience,
    maxIterations,
    sampleK,
    shares,
    strategy,
    component,
    bandit,
    metaModel,
    contrast,
    crossValidation,
    seed,
    concurrency,
    temperature,
    maxTokens,
    repeats,
    budget,
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}
