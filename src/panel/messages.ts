/**
 * The contract between the Run view and the extension host. The host sends the whole picture, and
 * from then on what has changed of it, at most ten times a second; the view answers with what the
 * person asked for, noun-verb.
 */

import type { HeatSplit } from './heatView.ts';
import type { Patch } from './patch.ts';
import type { RowsKind } from './rowsView.ts';
import type { RemedyButton, RunView } from './runView.ts';

export type * from './breakdownView.ts';
export type * from './heatView.ts';
export type * from './rowsView.ts';
export type * from './runView.ts';

/** The form of the Run view as the person left it. Texts, because a draft may be wrong. */
export interface RunForm {
  readonly prompt?: PromptChoice;
  /** Path relative to the workspace, or absolute. */
  readonly dataset: string;
  /** Input or placeholder name → column. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly expected: string;
  /** Columns beside these; empty: as the names of the file's columns say. */
  readonly references: string;
  readonly labels: string;
  readonly messages: string;
  readonly context: string;
  readonly note: string;
  readonly split: string;
  /** Label of the Encoding Standard; empty: UTF-8, or what the byte-order mark says. */
  readonly encoding: string;
  /** The primary metric by its bare name, and what goes behind its colon. */
  readonly metric: string;
  readonly metricOptions: string;
  /** Metrics that are measured too. */
  readonly otherMetrics: readonly string[];
  readonly taskModel: string;
  readonly optimizerModel: string;
  /** Name of a search strategy, or `default`: as the settings say. */
  readonly strategy: string;
  readonly targetThreshold: string;
  readonly patience: string;
  readonly maxIterations: string;
  readonly sampleK: string;
  /** How often each prompt is asked about each row. */
  readonly repeats: string;
  /** Percent of the rows for train, validation and test, such as `50/25/25`; empty: `usualShares`. */
  readonly shares: string;
  /** What is done with few rows: `on`, `off`, or `default`: as the settings say. */
  readonly crossValidation: string;
  readonly budgetUsd: string;
  readonly budgetTokens: string;
  readonly budgetCalls: string;
  readonly budgetMinutes: string;
}

/** Where the prompt of a run comes from. */
export type PromptChoice =
  | { readonly kind: 'version'; readonly promptName: string; readonly number: number }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'selection'; readonly label: string; readonly text: string };

export type FormField = Exclude<keyof RunForm, 'inputs' | 'otherMetrics'> | `inputs.${string}`;

/** A sentence shown at a field, with the remedy the person can click. */
export interface FieldProblem {
  readonly field: FormField;
  readonly message: string;
  readonly remedy?: RemedyButton;
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
  /** A run as chosen would be refused, such as over a dataset of one row. */
  | { readonly status: 'impossible'; readonly sentence: string; readonly remedy?: RemedyButton }
  | { readonly status: 'counting' }
  | {
      readonly status: 'known';
      readonly calls: string;
      readonly tokens: string;
      readonly usd: string;
      readonly time: string;
      readonly rows: string;
      readonly notes: readonly string[];
      /** What three rows would cost that are asked to know better; absent where they were, or cannot be. */
      readonly probe?: string;
    };

/** Why a prompt or a dataset stands in the form that the person did not choose, a sentence each. */
export interface Suggested {
  readonly prompt?: string;
  readonly dataset?: string;
}

/** Fields that hold a number. */
export type NumberField = Extract<
  keyof RunForm,
  | 'targetThreshold'
  | 'patience'
  | 'maxIterations'
  | 'sampleK'
  | 'repeats'
  | 'budgetUsd'
  | 'budgetTokens'
  | 'budgetCalls'
  | 'budgetMinutes'
>;

/** A run that can be gone on with, or watched. */
export interface InterruptedRun {
  readonly runId: string;
  readonly label: string;
}

/** A recorded run that cannot be shown, such as one that another release wrote. */
export interface UnreadableRun {
  readonly runId: string;
  /** Why, in a sentence. */
  readonly sentence: string;
  /** Whether its report can be opened instead. */
  readonly hasReport: boolean;
}

/** The whole picture. */
export interface PanelState {
  /** `starting`: the host is still gathering; nothing to choose from yet. */
  readonly page: 'starting' | 'no-folder' | 'untrusted' | 'unreadable' | 'form' | 'run';
  readonly form: RunForm;
  /** Name of the chosen prompt, or the invitation to choose one. */
  readonly promptLabel: string;
  /** Names of the prompt's placeholders, or `input` where it has none. */
  readonly inputNames: readonly string[];
  readonly datasetLabel: string;
  /** "237 rows usable, 3 not, because line 18: …", repeats, leaks; empty where all is well. */
  readonly datasetNotes: readonly string[];
  /** Why no row of the dataset can be used at all, with the way out. */
  readonly noRows?: { readonly sentence: string };
  readonly columns: readonly Choice[];
  readonly metrics: readonly Choice[];
  readonly models: readonly Choice[];
  /** What stands for no choice in the two fields of models. */
  readonly usualTaskModel: Choice;
  readonly usualOptimizerModel: Choice;
  readonly strategies: readonly Choice[];
  /** What can be done with few rows. */
  readonly fewRows: readonly Choice[];
  /** What holds where a number is left out: "0.95 by default". */
  readonly usual: Readonly<Record<NumberField, string>>;
  readonly suggested: Suggested;
  /** Whether no run has been made in this workspace yet. */
  readonly isNewcomer: boolean;
  /** Why a provider offers no models now, one sentence each. */
  readonly modelNotes: readonly string[];
  /** Whether the simulation is all that there is to choose from. */
  readonly onlySimulated: boolean;
  /** Whether a chosen model is a simulation. */
  readonly simulated: boolean;
  readonly problems: readonly FieldProblem[];
  readonly estimate: EstimateView;
  /** Whether Start would work now. */
  readonly canStart: boolean;
  /** Whether the prompt could be run over the rows as it is: that needs fewer of them. */
  readonly canTest: boolean;
  readonly run?: RunView;
  readonly unreadable?: UnreadableRun;
  readonly interrupted: readonly InterruptedRun[];
  /** Runs that another window or process works on. */
  readonly elsewhere: readonly InterruptedRun[];
}

/** Host → view. */
export type HostMessage =
  | { readonly type: 'state'; readonly revision: number; readonly state: PanelState }
  /** What is not as it was at the revision `since`; a page that has another one asks for all of it. */
  | {
      readonly type: 'change';
      readonly revision: number;
      readonly since: number;
      readonly patch: Patch;
    };

/** View → host. */
export type PanelMessage =
  | { readonly type: 'panel-ready' }
  | { readonly type: 'form-change'; readonly form: RunForm }
  | { readonly type: 'prompt-pick' }
  | { readonly type: 'prompt-open' }
  | { readonly type: 'dataset-pick' }
  | { readonly type: 'dataset-open' }
  | { readonly type: 'dataset-preview' }
  | { readonly type: 'dataset-problems' }
  | { readonly type: 'metrics-pick' }
  /** How far does a judge agree with people? */
  | { readonly type: 'judge-check' }
  | { readonly type: 'run-start'; readonly form: RunForm }
  /** Runs the prompt over the dataset as it is, in VS Code's Testing view. */
  | { readonly type: 'prompt-test'; readonly form: RunForm }
  | { readonly type: 'estimate-again' }
  /** Asks three rows first, so that the estimate is measured. */
  | { readonly type: 'estimate-probe' }
  | { readonly type: 'run-pause' }
  | { readonly type: 'run-continue' }
  | { readonly type: 'run-cancel' }
  | { readonly type: 'run-resume'; readonly runId: string }
  /** Shows a run again; one that another window or process works on is followed. */
  | { readonly type: 'run-show'; readonly runId: string }
  | { readonly type: 'run-close' }
  /** The report of a run that has ended, as VS Code shows Markdown. */
  | { readonly type: 'report-open'; readonly runId: string }
  /** Where the run's files are, in the Explorer. */
  | { readonly type: 'files-show'; readonly runId: string }
  /** 0 selects the original; without a number nothing is selected. */
  | { readonly type: 'trial-select'; readonly number?: number }
  /** Both answers to a row, in VS Code's own diff. */
  | { readonly type: 'row-open'; readonly exampleId: string }
  /** The row once more, with the answer that the person says is right. */
  | { readonly type: 'row-fix'; readonly exampleId: string }
  | { readonly type: 'slices-pick' }
  | { readonly type: 'candidate-diff'; readonly candidateId: string }
  /** Other rows of the result come into sight. */
  | { readonly type: 'rows-show'; readonly kind: RowsKind; readonly from: number }
  /** Another part of the map of rows by prompts comes into sight. */
  | {
      readonly type: 'heat-show';
      readonly split: HeatSplit;
      readonly from: number;
      readonly column: number;
    }
  /** What a prompt of the run answered to a row, beside what the original did. */
  | { readonly type: 'heat-open'; readonly candidateId: string; readonly exampleId: string }
  | { readonly type: 'version-save'; readonly candidateId: string }
  | { readonly type: 'results-export'; readonly runId: string }
  | { readonly type: 'demo-start' }
  | { readonly type: 'remedy'; readonly id: string };
