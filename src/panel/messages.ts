/**
 * The contract between the Run view and the extension host. The host sends the whole picture, at
 * most ten times a second; the view answers with what the person asked for, noun-verb.
 */

/** The form of the Run view as the person left it. Texts, because a draft may be wrong. */
export interface RunForm {
  readonly prompt?: PromptChoice;
  /** Path relative to the workspace, or absolute. */
  readonly dataset: string;
  /** Input or placeholder name → column. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly expected: string;
  readonly metric: string;
  readonly taskModel: string;
  readonly optimizerModel: string;
  readonly targetThreshold: string;
  readonly patience: string;
  readonly maxIterations: string;
  readonly sampleK: string;
  readonly budgetUsd: string;
  readonly budgetTokens: string;
  readonly budgetCalls: string;
}

/** Where the prompt of a run comes from. */
export type PromptChoice =
  | { readonly kind: 'version'; readonly promptName: string; readonly number: number }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'selection'; readonly label: string; readonly text: string };

export type FormField = Exclude<keyof RunForm, 'inputs'> | `inputs.${string}`;

/** A sentence shown at a field, with the remedy the person can click. */
export interface FieldProblem {
  readonly field: FormField;
  readonly message: string;
  readonly remedy?: RemedyButton;
}

/** A button that leads out of a problem; `id` is one of the engine's remedies. */
export interface RemedyButton {
  readonly id: string;
  readonly label: string;
}

/** Something to choose from, in the words of the person. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  /** Second line: "simulated", "shuts down 2027-01-14". */
  readonly detail?: string;
}

/** An estimate or the reason why there is none yet; every text is ready to show. */
export type EstimateView =
  | { readonly status: 'none'; readonly sentence: string }
  | { readonly status: 'counting' }
  | {
      readonly status: 'known';
      readonly calls: string;
      readonly tokens: string;
      readonly usd: string;
      readonly rows: string;
      readonly notes: readonly string[];
    };

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

/** A piece of text that stayed, went, or came. */
export interface DiffPart {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** What the person sees of the selected trial. */
export interface TrialDetail {
  readonly number: number;
  /** Why the optimizer model made the change, in its own words; empty where it said nothing. */
  readonly rationale: string;
  /** The decision in a sentence, whole. */
  readonly reason: string;
  /** Absent where the trial has proposed nothing (yet): nothing to open. */
  readonly candidateId?: string;
  /** Word diff of each component that changed. */
  readonly components: readonly { readonly title: string; readonly parts: readonly DiffPart[] }[];
}

/** One point of the chart. */
export interface ChartPoint {
  /** Task calls spent when it was decided. */
  readonly calls: number;
  readonly trial: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly status: 'original' | 'kept' | 'refused';
  /** "0.81 [0.72, 0.88] n=50". */
  readonly text: string;
  /** Best score of the search so far, on validation rows, with its 95 % interval. */
  readonly best: number;
  readonly bestLow: number;
  readonly bestHigh: number;
}

/** What a role has spent, ready to show. */
export interface SpendingView {
  readonly role: 'task' | 'optimizer' | 'total';
  readonly calls: string;
  readonly tokens: string;
  readonly usd: string;
}

/** One run, live or ended. */
export interface RunView {
  readonly runId: string;
  readonly title: string;
  readonly metric: string;
  readonly taskModel: string;
  readonly optimizerModel: string;
  /** Whether a simulated model takes part. */
  readonly simulated: boolean;
  readonly status: 'running' | 'cancelling' | 'ended' | 'interrupted';
  /** What is happening now, or why it ended, in a sentence. */
  readonly now: string;
  /** Whether the run ended without an answer: provider, budget or a defect. */
  readonly failed: boolean;
  readonly progress?: { readonly done: number; readonly total: number };
  readonly original?: ScoreView;
  readonly best?: ScoreView;
  readonly target: number;
  readonly trials: readonly TrialView[];
  readonly selected?: TrialDetail;
  readonly chart: readonly ChartPoint[];
  readonly spending: readonly SpendingView[];
  /** What the figures leave open: answers from the record, estimated tokens. */
  readonly costNotes: readonly string[];
  /** "2 of 40 rows failed", one line a kind; empty where nothing went wrong. */
  readonly errors: readonly string[];
  readonly waited?: string;
  /** "$0.41 of $2.00 · 640 of 1,150 calls", or that there is none. */
  readonly budget: string;
  /** Largest share of a limit that is used up, 0..1; absent without a budget. */
  readonly budgetShare?: number;
  readonly result?: ResultView;
  /** The best candidate, where it is another text than the original. */
  readonly winner?: WinnerView;
  readonly remedy?: RemedyButton;
}

/** What can be kept of a run, also of one that was stopped early. */
export interface WinnerView {
  readonly candidateId: string;
  readonly promptName: string;
  /** Number of the saved version, once saved. */
  readonly savedVersion?: number;
}

/** The verdict from the test rows. */
export interface ResultView {
  readonly verdict: 'better' | 'worse' | 'not-distinguishable' | 'unchanged';
  readonly sentence: string;
  readonly rows: readonly {
    readonly metric: string;
    readonly before: string;
    readonly after: string;
    readonly difference: string;
  }[];
}

/** A run that can be gone on with. */
export interface InterruptedRun {
  readonly runId: string;
  readonly label: string;
}

/** The whole picture. */
export interface PanelState {
  /** `starting`: the host is still gathering; nothing to choose from yet. */
  readonly page: 'starting' | 'no-folder' | 'untrusted' | 'form' | 'run';
  readonly form: RunForm;
  /** Name of the chosen prompt, or the invitation to choose one. */
  readonly promptLabel: string;
  /** Names of the prompt's placeholders, or `input` where it has none. */
  readonly inputNames: readonly string[];
  readonly datasetLabel: string;
  /** "3 rows cannot be used: line 18: …"; absent where the file is sound. */
  readonly datasetNote?: string;
  readonly columns: readonly Choice[];
  readonly metrics: readonly Choice[];
  readonly models: readonly Choice[];
  /** Why a provider offers no models now, one sentence each. */
  readonly modelNotes: readonly string[];
  /** Whether a chosen model is a simulation. */
  readonly simulated: boolean;
  readonly problems: readonly FieldProblem[];
  readonly estimate: EstimateView;
  /** Whether Start would work now. */
  readonly canStart: boolean;
  readonly run?: RunView;
  readonly interrupted: readonly InterruptedRun[];
}

/** Host → view. */
export interface HostMessage {
  readonly type: 'state';
  readonly revision: number;
  readonly state: PanelState;
}

/** View → host. */
export type PanelMessage =
  | { readonly type: 'panel-ready' }
  | { readonly type: 'form-change'; readonly form: RunForm }
  | { readonly type: 'prompt-pick' }
  | { readonly type: 'prompt-open' }
  | { readonly type: 'dataset-pick' }
  | { readonly type: 'dataset-open' }
  | { readonly type: 'run-start'; readonly form: RunForm }
  | { readonly type: 'run-cancel' }
  | { readonly type: 'run-resume'; readonly runId: string }
  | { readonly type: 'run-close' }
  /** Without a number: no trial is selected. */
  | { readonly type: 'trial-select'; readonly number?: number }
  | { readonly type: 'candidate-diff'; readonly candidateId: string }
  | { readonly type: 'version-save'; readonly candidateId: string }
  | { readonly type: 'demo-start' }
  | { readonly type: 'remedy'; readonly id: string };
