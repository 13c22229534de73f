import type { CallRecord } from './core/callRecord.ts';
import type { Executor } from './core/executor.ts';
import type { Files } from './core/files.ts';
import type { Gate } from './core/gate.ts';
import type { LanguageModel, Price, ProviderListing } from './core/languageModel.ts';
import type { MetricLookup } from './core/metric.ts';
import type { OwnProcess } from './core/owner.ts';
import type { RunReport, RunReportFacts } from './core/report.ts';
import type { Tokenizer } from './core/tokenizer.ts';
import type { Rollout, RolloutJob } from './core/rollout.ts';
import type { RunState, Wait } from './core/run.ts';
import type { Amount, Budget, Role } from './core/usage.ts';

/** The models that a person can choose, by `provider:model`. */
export interface ModelCatalog {
  /** With retries, without a budget: for one-shot refinement. Throws a `RequestError`. */
  modelNamed(id: string): LanguageModel;
  priceOf(id: string): Price | undefined;
  isSimulated(id: string): boolean;
  /** The sentence why a model may not run over datasets, if there is one. */
  refineOnly(id: string): string | undefined;
  list(signal?: AbortSignal): Promise<ProviderListing[]>;
  /** The first model that is available for the role; the task model's where none is named. */
  defaultModel(signal?: AbortSignal, role?: Role): Promise<string>;
  /** The model that rewrites prompts where a person chose the task model only. */
  optimizerFor(taskModel: string): string;
}

/** The models of one run: behind its record, its budget and its retries. */
export interface RunModels {
  modelNamed(id: string): LanguageModel;
  /** Keeps part of the budget back; the function it answers gives it free again. */
  setAside(amount: Partial<Record<keyof Budget, number>>): () => void;
  /** Resolves when the workspace's cache is within its bounds. */
  settled(): Promise<void>;
}

/** What the run's models are opened with. */
export interface RunModelOptions {
  /** The run that works; empty where the work belongs to none. */
  readonly runId: string;
  /** Requests under way at the same time, at most. */
  readonly concurrency: number;
  readonly record: CallRecord;
  readonly budget: Budget;
  /** What earlier sessions of this run have paid: a budget survives a restart. */
  readonly alreadySpent: Amount;
  /** How long the run has been at work, earlier sessions included, in milliseconds. */
  elapsedMs(): number;
  readonly models: readonly string[];
  onWait(wait: Wait): void;
  /** So many entries of the workspace's cache cannot be trusted; they are asked for again. */
  onCacheDamage(entries: number): void;
  /** Shut: no request leaves. */
  readonly gate?: Gate;
}

/** Everything that the engine is handed; it reaches for nothing by itself. */
export interface EngineParts {
  readonly files: Files;
  readonly catalog: ModelCatalog;
  openRunModels(options: RunModelOptions): RunModels;
  /** To check and describe metrics; its judges are not part of any run. */
  readonly metricNamed: MetricLookup;
  /** The metrics of one run: their judges answer through the run's record and budget. */
  metricsWith(modelNamed: (id: string) => LanguageModel): MetricLookup;
  readonly metricList: readonly { readonly name: string; readonly description: string }[];
  executor(options: {
    readonly concurrency: number;
    perform(job: RolloutJob, signal?: AbortSignal): Promise<Rollout>;
  }): Executor;
  /** Puts a run that has ended into words. */
  reportOf(state: RunState, facts: RunReportFacts): Promise<RunReport>;
  /** How a model counts tokens; an estimate where that is not known. */
  tokenizerOf(model: string | undefined): Promise<Tokenizer>;
  /** A dataset path as the person wrote it → absolute. */
  datasetPath(path: string): string;
  now(): Date;
  /** Waits; ends early, without an error, when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Who owns the runs that this engine works on. */
  readonly process: OwnProcess;
  /** A fresh, unique id. */
  newId(): string;
  /** Hex digest that identifies a text. */
  hash(text: string): string;
  /** Rough number of tokens of a text, with any model. */
  estimateTokens(text: string): number;
  readonly defaults: {
    readonly taskModel?: string;
    readonly optimizerModel?: string;
    readonly refineModel?: string;
  };
}
