/** What the Run view shows of one run: every text ready to show, every figure as people read it. */

import type { BreakdownView } from './breakdownView.ts';
import type { HeatView } from './heatView.ts';
import type { RowsView } from './rowsView.ts';

/** One run, live or ended. */
export interface RunView {
  readonly runId: string;
  readonly title: string;
  readonly metric: string;
  readonly taskModel: string;
  readonly optimizerModel: string;
  /** Whether a simulated model takes part. */
  readonly simulated: boolean;
  readonly status: 'running' | 'paused' | 'cancelling' | 'ended' | 'interrupted' | 'watched';
  /** Who works on it where this window only watches: "Running in another window (…)". */
  readonly watching?: string;
  /** Running, paused or cancelling, in this window. */
  readonly underWay: boolean;
  /** What is happening now, or why it ended, in a sentence. */
  readonly now: string;
  /** Whether the run ended without an answer: provider, budget or a defect. */
  readonly failed: boolean;
  readonly progress?: { readonly done: number; readonly total: number };
  readonly original?: ScoreView;
  readonly best?: ScoreView;
  readonly target: number;
  /** Where the verdict comes from, as the end of a sentence: "rows kept aside". */
  readonly judgedBy: string;
  readonly trials: readonly TrialView[];
  readonly selected?: TrialDetail;
  readonly chart: readonly ChartPoint[];
  readonly spending: readonly SpendingView[];
  /** What the figures leave open: answers from the record, estimated tokens. */
  readonly costNotes: readonly string[];
  /** What went wrong, one line a kind; empty where nothing did. */
  readonly errors: readonly ErrorView[];
  /** Answers without a score: "3 of 640 answers have no score; none of them counts as wrong." */
  readonly withoutScore?: string;
  /** While a request is held back: when it is sent again, in milliseconds since 1970, and why. */
  readonly nextTry?: { readonly at: number; readonly why: string };
  /** "$0.41 of $2.00 · 640 of 1,150 calls", or that there is none. */
  readonly budget: string;
  /** Largest share of a limit that is used up, 0..1; absent without a budget. */
  readonly budgetShare?: number;
  readonly result?: ResultView;
  /** What the figures of the judges are worth; empty where no metric asks a model. */
  readonly judges: readonly JudgeView[];
  /** Present with the result; labels and slices follow once the rows have been read again. */
  readonly breakdown?: BreakdownView;
  /** Rows of the original beside those of the best; absent where there are no two. */
  readonly rows?: RowsView;
  /** Rows by every prompt that was tried; absent before the end, and where only one was. */
  readonly heat?: HeatView;
  /** The best candidate, where it is another text than the original. */
  readonly winner?: WinnerView;
  readonly remedy?: RemedyButton;
  /** Whether the run can be gone on with: interrupted, cancelled, out of budget, or failed. */
  readonly resumable: boolean;
  /** Whether its rows can be written to a file. */
  readonly exportable: boolean;
}

/** One kind of trouble. */
export interface ErrorView {
  /** "rate limit", "declined by the model". */
  readonly kind: string;
  readonly count: string;
  /** "waited 4 s", or empty. */
  readonly waited: string;
  /** The newest of them in a sentence; empty where the run's own sentence says it. */
  readonly why: string;
}

/** A score for people and for the chart: 0..1, with its 95 % interval and rows. */
export interface ScoreView {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly count: number;
  /** "0.81 [0.72, 0.88] n=50". */
  readonly text: string;
}

/** One line of the trials table. */
export interface TrialView {
  readonly number: number;
  /** The trial whose prompt it began with; 0 for the original. */
  readonly parent: number;
  readonly operator: string;
  readonly status: 'running' | 'kept' | 'refused' | 'skipped';
  readonly before?: string;
  readonly after?: string;
  /** Rows on which both were compared. */
  readonly rows?: string;
  /** "+6 −1": rows fixed and broken. */
  readonly change?: string;
  readonly reason: string;
  readonly candidateId?: string;
}

/** What the person sees of the selected trial, or of the original, which is number 0. */
export interface TrialDetail {
  readonly number: number;
  /** Why the optimizer model made the change, in its own words; empty where it said nothing. */
  readonly rationale: string;
  /** Why this operator, why this proposal, and what was predicted of its edits; a sentence each. */
  readonly choices: readonly string[];
  /** The decision in a sentence, whole. */
  readonly reason: string;
  /** Absent where the trial has proposed nothing (yet): nothing to open. */
  readonly candidateId?: string;
  /** Word diff of each component that changed. */
  readonly components: readonly { readonly title: string; readonly parts: readonly DiffPart[] }[];
}

/** A piece of text that stayed, went, or came. */
export interface DiffPart {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** One point of the chart. */
export interface ChartPoint {
  /** Task calls when it was decided, those that the cache answered included. */
  readonly calls: number;
  readonly trial: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** `undecided`: measured, and still being tried, or the run ended first. */
  readonly status: 'original' | 'kept' | 'refused' | 'undecided';
  /** "0.81 [0.72, 0.88] n=50". */
  readonly text: string;
  /** Best score of the search so far, on validation rows, with its 95 % interval. */
  readonly best: number;
  readonly bestLow: number;
  readonly bestHigh: number;
}

/** What a role has spent, ready to show. */
export interface SpendingView {
  /** `saved`: what came from the record or the cache, and would have been paid otherwise. */
  readonly role: 'task' | 'optimizer' | 'judge' | 'total' | 'saved';
  /** The metric whose part of the judges' spending this is; absent for a whole role. */
  readonly metric?: string;
  readonly calls: string;
  readonly tokens: string;
  readonly usd: string;
}

/** The verdict from the test rows, or from the rows that folds held out. */
export interface ResultView {
  /** What the figures below are measured on, in a sentence for those who cannot see the table. */
  readonly caption: string;
  /** What the verdict is worth; empty where its rows speak for themselves. */
  readonly caveat: string;
  /** What each fold's search found; empty where there was no cross-validation. */
  readonly folds: readonly string[];
  readonly verdict: 'better' | 'worse' | 'not-distinguishable' | 'unchanged';
  readonly sentence: string;
  readonly rows: readonly {
    readonly metric: string;
    /** The name, with a word where lower is better. */
    readonly label: string;
    readonly before: string;
    readonly after: string;
    readonly difference: string;
  }[];
}

/** A model that judges answers. */
export interface JudgeView {
  /** "Judge openai:x: kappa 0.82 with people on 100 rows …", or its name where it was never checked. */
  readonly sentence: string;
  /** Why it may not decide by itself; empty where it was checked well enough. */
  readonly warning: string;
}

/** What can be kept of a run, also of one that was stopped early. */
export interface WinnerView {
  readonly candidateId: string;
  readonly promptName: string;
  /** Number of the saved version, once saved. */
  readonly savedVersion?: number;
}

/** A button that leads out of a problem; `id` is one of the engine's remedies. */
export interface RemedyButton {
  readonly id: string;
  readonly label: string;
}
