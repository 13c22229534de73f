import type { Breakdown, BreakdownRequest } from './core/breakdown.ts';
import type { Comparison, VersionsComparison } from './core/comparison.ts';
import type {
  ColumnMapping,
  Dataset,
  DatasetPreview,
  DatasetProblem,
  Split,
} from './core/example.ts';
import type { Gate } from './core/gate.ts';
import type { RunSummary, VersionHistory } from './core/history.ts';
import type { JudgeCheckRequest, JudgeCheckResult } from './core/judge.ts';
import type { Price, ProviderListing } from './core/languageModel.ts';
import type { Tokenizer } from './core/tokenizer.ts';
import type { Prompt } from './core/prompt.ts';
import type { Refinement, RefineQuestions, RefineRequest } from './core/refinement.ts';
import type { RefineOptions } from './refine/refine.ts';
import type { RunEvent, RunSettings } from './core/run.ts';
import type { Budget } from './core/usage.ts';
import type { PromptVersion, VersionRef } from './core/version.ts';
import type { AppendedRow } from './datasets/appendRow.ts';
import type { Probe } from './probe.ts';
import type { StrategyListing } from './optimize/strategies/registry.ts';
import type { ExportRequest } from './exportRun.ts';

/** A prompt to be measured over a dataset file. */
export interface EvaluateRequest {
  /** Name under which versions are kept. */
  readonly promptName: string;
  readonly prompt: Prompt;
  /** File that the prompt stands in; kept with the saved original, so that it is found again. */
  readonly source?: string;
  /** Path of the dataset, absolute or relative to the workspace. */
  readonly dataset: string;
  /** What it leaves out is as kept for the prompt, else as the columns' names make clear. */
  readonly mapping?: Partial<ColumnMapping>;
  /** Whether nothing is taken from what was kept: names alone complete the mapping. */
  readonly mappingIsWhole?: boolean;
  /** Label of the Encoding Standard; absent: UTF-8, or what the byte-order mark says. */
  readonly encoding?: string;
  /** The first is the primary metric; never empty. */
  readonly metrics: readonly string[];
  readonly taskModel?: string;
  readonly settings?: Partial<RunSettings>;
  /** Columns that the breakdown of the run slices by; looked for before anything is sent. */
  readonly slices?: readonly string[];
  /** Ids of the rows to run, for a second look at some of them; absent: every row. */
  readonly only?: readonly string[];
}

/** A prompt to be optimized over a dataset file. */
export interface OptimizeRequest extends EvaluateRequest {
  readonly optimizerModel?: string;
  /** Texts of the prompt that every candidate keeps, byte for byte, wherever they stand in it. */
  readonly locked?: readonly string[];
  /**
   * Metrics that must not get worse, each `METRIC` or `METRIC=TOLERANCE`, where the tolerance is the
   * loss that is allowed on the metric's own scale, 0 where none is named. A candidate that makes
   * one worse is refused, and not returned where the test rows show it.
   */
  readonly guards?: readonly string[];
}

/** A low and a high bound. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** A range, and what most runs come to. */
export interface Forecast extends Range {
  readonly likely: number;
}

/** What a run will cost, before anything is sent. `usd` is absent where a price is not known. */
export interface Estimate {
  readonly calls: Forecast;
  readonly tokens: Forecast;
  readonly usd?: Forecast;
  /** Without the waits that a rate limit may bring. */
  readonly minutes: Forecast;
  readonly rows: Readonly<Record<Split, number>>;
  /** Folds of a cross-validation, in which every row is held out once; then `rows.test` is 0. */
  readonly folds?: number;
  /** All of them, also those that `problems` does not list. */
  readonly unusableRows: number;
  /** Why rows cannot be used, with their lines. */
  readonly problems: readonly DatasetProblem[];
  /** What is worth knowing of usable rows: repeats, contradictions, leaks between splits. */
  readonly warnings: readonly DatasetProblem[];
  readonly taskModel: string;
  readonly optimizerModel: string;
  /** The share of judges in the figures above; absent where no metric asks a model. */
  readonly judge?: {
    readonly models: readonly string[];
    readonly calls: Forecast;
    readonly tokens: Forecast;
    readonly usd?: Forecast;
  };
  /** Models without a listed price. */
  readonly unpriced: readonly string[];
  /** What three rows of it cost: the sum of a probe. `usd` is absent where the price is not known. */
  readonly threeRows: { readonly calls: number; readonly tokens: number; readonly usd?: number };
  /** Sentences worth reading before Start: few test rows, simulated model … */
  readonly notes: readonly string[];
}

/** How a dataset file is to be read. */
export interface DatasetRequest {
  /** Names of the prompt's placeholders: what the suggested mapping feeds. */
  readonly inputNames?: readonly string[];
  /** Whose kept columns are to be told of, where there are some. */
  readonly promptName?: string;
  readonly mapping?: Partial<ColumnMapping>;
  /** As in `EvaluateRequest`. */
  readonly encoding?: string;
}

/** A metric as it is offered for choice. */
export interface MetricListing {
  readonly name: string;
  /** One line for people. */
  readonly description: string;
  /** Which end of the metric's own scale is good. */
  readonly direction: 'higher' | 'lower';
  /** Lowest and highest value of that scale; null where it has no end. */
  readonly range: readonly [low: number | null, high: number | null];
}

/** How an interrupted run goes on. */
export interface ResumeOptions {
  /** Takes the place of the recorded limits: a run that its budget stopped needs a larger one. */
  readonly budget?: Budget | undefined;
  readonly gate?: Gate | undefined;
  /** Goes on though something has changed since the run began; it then runs over what is there now. */
  readonly acceptChanges?: boolean | undefined;
}

/** Two versions to be compared. */
export interface CompareRequest {
  readonly left: VersionRef;
  readonly right: VersionRef;
}

/**
 * The product without a screen. Every verb takes a signal; cancelling loses nothing that was paid.
 * A run takes a gate too: while it is shut the run is paused. Calls under way are finished and
 * kept, and no new one leaves.
 */
export interface Engine {
  /** `options.onText` is told the whole rewrite so far; see `RefineOptions`. */
  refine(
    request: RefineRequest,
    signal?: AbortSignal,
    options?: RefineOptions,
  ): Promise<Refinement>;
  /** How a model counts tokens; nothing is sent. Without a model, and for unknown ones, an estimate. */
  tokenizerOf(model?: string): Promise<Tokenizer>;
  /** Listed price of a model by its id; undefined is unknown, not free. Throws a `RequestError`. */
  priceOf(model: string): Price | undefined;
  /** What to ask the person before a personalized refinement; the answers go into its request. */
  questions(request: RefineRequest, signal?: AbortSignal): Promise<RefineQuestions>;
  /** Rows × prompt → scores. Throws `EngineError` for wrong requests before the first event. */
  evaluate(request: EvaluateRequest, signal?: AbortSignal, gate?: Gate): AsyncIterable<RunEvent>;
  optimize(request: OptimizeRequest, signal?: AbortSignal, gate?: Gate): AsyncIterable<RunEvent>;
  /**
   * Goes on with an interrupted run; answers that were paid are not asked for again. Throws a
   * `RunChangedError` before anything is sent where what it was begun with has changed.
   */
  resume(runId: string, signal?: AbortSignal, options?: ResumeOptions): AsyncIterable<RunEvent>;
  /** What of dataset, metrics, models and prompt is not as it was when the run began, a sentence each. */
  changes(runId: string, signal?: AbortSignal): Promise<string[]>;
  /**
   * For an evaluation, `rows` counts every row under `test` and the optimizer model is unused. With
   * what `probe` has shown, lengths and times are as measured and not as reckoned.
   */
  estimate(
    request: OptimizeRequest,
    kind?: 'optimize' | 'evaluate',
    signal?: AbortSignal,
    probe?: Probe,
  ): Promise<Estimate>;
  /**
   * Asks the task model about three rows. It costs what three calls cost; the run finds the answers in
   * the cache. Undefined where no row was answered; throws what would stop a run.
   */
  probe(
    request: OptimizeRequest,
    kind?: 'optimize' | 'evaluate',
    signal?: AbortSignal,
  ): Promise<Probe | undefined>;
  compare(request: CompareRequest): Promise<Comparison>;
  /** Two or more versions beside each other: metrics, texts, costs, and their answers to each row. */
  compareVersions(versions: readonly VersionRef[]): Promise<VersionsComparison>;
  /** Columns and first rows, without reading the rest. */
  preview(dataset: string, request?: DatasetRequest, signal?: AbortSignal): Promise<DatasetPreview>;
  /**
   * Adds a row (column → text) at the end of the file and leaves the rest as it is. Throws
   * `DatasetError` where the row could not be read back.
   */
  addRow(dataset: string, cells: Readonly<Record<string, string>>): Promise<AppendedRow>;
  /** Labels, slices by any column and the worst rows of a recorded run; nothing is sent. */
  breakdown(request: BreakdownRequest, signal?: AbortSignal): Promise<Breakdown>;
  /** Lets a judge score answers that people have judged, and keeps how far the two agree. */
  checkJudge(request: JudgeCheckRequest, signal?: AbortSignal): Promise<JudgeCheckResult>;
  /** The judged rows of a recorded run as the text of a file. */
  exportRun(request: ExportRequest, signal?: AbortSignal): Promise<string>;
  /** The rows that an evaluation of this request runs, with what cannot be used and why. */
  rows(request: EvaluateRequest, signal?: AbortSignal): Promise<Dataset>;
  /** Reads the whole file: every problem, and what each column holds. */
  inspect(dataset: string, request?: DatasetRequest, signal?: AbortSignal): Promise<Dataset>;
  /**
   * Saves a candidate of a recorded run as the next version of its prompt, with what the run
   * measured of it on the test rows. Asked twice, it answers the version that is there.
   */
  keep(runId: string, candidateId: string, note?: string): Promise<PromptVersion>;
  models(signal?: AbortSignal): Promise<ProviderListing[]>;
  /** Metrics by bare name; options go behind a colon: `exact_match:ignore_case`. */
  metrics(): readonly MetricListing[];
  /** Ways to search, the default first. */
  strategies(): readonly StrategyListing[];
  /** Newest first. */
  runs(): Promise<RunSummary[]>;
  /** The recorded events of a run, for showing it again. */
  replay(runId: string): AsyncIterable<RunEvent>;
  /**
   * Follows a run that another process works on: its events so far, then each as it comes, until
   * nobody works on it any more. Sends and writes nothing; aborting stops the watching alone.
   */
  watch(runId: string, signal?: AbortSignal): AsyncIterable<RunEvent>;
  readonly history: VersionHistory;
}
