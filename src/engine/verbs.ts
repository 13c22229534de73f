import type { Comparison } from './core/comparison.ts';
import type { ColumnMapping, DatasetPreview, Split } from './core/example.ts';
import type { RunSummary, VersionHistory } from './core/history.ts';
import type { ProviderListing } from './core/languageModel.ts';
import type { Prompt } from './core/prompt.ts';
import type { Refinement, RefineRequest } from './core/refinement.ts';
import type { RunEvent, RunSettings } from './core/run.ts';
import type { Budget } from './core/usage.ts';
import type { PromptVersion, VersionRef } from './core/version.ts';

/** A prompt to be measured over a dataset file. */
export interface EvaluateRequest {
  /** Name under which versions are kept. */
  readonly promptName: string;
  readonly prompt: Prompt;
  /** Path of the dataset, absolute or relative to the workspace. */
  readonly dataset: string;
  /** Absent: the columns' names must make it clear. */
  readonly mapping?: Partial<ColumnMapping>;
  /** The first is the primary metric; never empty. */
  readonly metrics: readonly string[];
  readonly taskModel?: string;
  readonly settings?: Partial<RunSettings>;
}

/** A prompt to be optimized over a dataset file. */
export interface OptimizeRequest extends EvaluateRequest {
  readonly optimizerModel?: string;
}

/** A low and a high bound. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** What a run will cost, before anything is sent. `usd` is absent where a price is not known. */
export interface Estimate {
  readonly calls: Range;
  readonly tokens: Range;
  readonly usd?: Range;
  readonly rows: Readonly<Record<Split, number>>;
  readonly unusableRows: number;
  readonly taskModel: string;
  readonly optimizerModel: string;
  /** Models without a listed price. */
  readonly unpriced: readonly string[];
  /** Sentences worth reading before Start: few test rows, simulated model … */
  readonly notes: readonly string[];
}

/** Two versions to be compared. */
export interface CompareRequest {
  readonly left: VersionRef;
  readonly right: VersionRef;
}

/** The product without a screen. Every verb takes a signal; cancelling loses nothing that was paid. */
export interface Engine {
  refine(request: RefineRequest, signal?: AbortSignal): Promise<Refinement>;
  /** Rows × prompt → scores. Throws `EngineError` for wrong requests before the first event. */
  evaluate(request: EvaluateRequest, signal?: AbortSignal): AsyncIterable<RunEvent>;
  optimize(request: OptimizeRequest, signal?: AbortSignal): AsyncIterable<RunEvent>;
  /**
   * Goes on with an interrupted run; answers that were paid are not asked for again. A run that
   * its budget stopped needs a larger one: `budget` takes the place of the recorded limits.
   */
  resume(runId: string, signal?: AbortSignal, budget?: Budget): AsyncIterable<RunEvent>;
  /** For an evaluation, `rows` counts every row under `test` and the optimizer model is unused. */
  estimate(
    request: OptimizeRequest,
    kind?: 'optimize' | 'evaluate',
    signal?: AbortSignal,
  ): Promise<Estimate>;
  compare(request: CompareRequest): Promise<Comparison>;
  preview(dataset: string): Promise<DatasetPreview>;
  /**
   * Saves a candidate of a recorded run as the next version of its prompt, with what the run
   * measured of it on the test rows. Asked twice, it answers the version that is there.
   */
  keep(runId: string, candidateId: string, note?: string): Promise<PromptVersion>;
  models(signal?: AbortSignal): Promise<ProviderListing[]>;
  /** Names and one-line descriptions. */
  metrics(): readonly { readonly name: string; readonly description: string }[];
  /** Newest first. */
  runs(): Promise<RunSummary[]>;
  /** The recorded events of a run, for showing it again. */
  replay(runId: string): AsyncIterable<RunEvent>;
  readonly history: VersionHistory;
}
