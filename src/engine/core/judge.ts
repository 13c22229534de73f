import type { ColumnMapping, DatasetProblem, Example } from './example.ts';
import type { Message } from './prompt.ts';
import type { RunSettings } from './run.ts';
import type { Spending } from './usage.ts';

/** A model that scores answers, as a metric has it: what it will cost and how far it can be trusted. */
export interface Judge {
  /** `provider:model`. */
  readonly model: string;
  readonly rubric: string;
  /** Calls for one answer: two where a pair is asked for in both orders. */
  readonly callsPerAnswer: number;
  /** Longest verdict, in tokens. */
  readonly verdictTokens: number;
  /** What one call sends, for an estimate of its length. */
  messages(output: string, example: Example): readonly Message[];
  /** How the judge's scores, 0..1, agree with what people said of the same answers. */
  agreement(rows: readonly JudgedByPerson[]): JudgeAgreement;
  /** Why it may not decide by itself; undefined where it was checked well enough. */
  warning(agreement: JudgeAgreement | undefined): string | undefined;
}

/** One answer, scored by the judge and called good or bad by a person. */
export interface JudgedByPerson {
  /** 0..1. */
  readonly value: number;
  readonly good: boolean;
}

/** How well a judge agrees with people on the same rows. */
export interface JudgeAgreement {
  /** Rows that both have labelled. */
  readonly count: number;
  /** Share of equal labels, 0..1, with its 95 % interval. */
  readonly rate: number;
  readonly low: number;
  readonly high: number;
  /** Cohen's kappa, −1..1; absent where both used one and the same label only. */
  readonly kappa?: number;
}

/** A judge of a run with its last check against people. */
export interface JudgeStanding {
  readonly metric: string;
  /** Tells it from another judge on the same model: its metric, or its rubric inside of a sum. */
  readonly as?: string;
  readonly model: string;
  /** Absent where it was never checked. */
  readonly agreement?: JudgeAgreement;
  readonly warning?: string;
}

/** A check of a judge against answers that people have called good or bad. */
export interface JudgeCheckRequest {
  /** Path of the dataset, absolute or relative to the workspace. */
  readonly dataset: string;
  readonly encoding?: string;
  /** Which columns the judge is shown beside the answer; absent: as their names say. */
  readonly mapping?: Partial<ColumnMapping>;
  /** A metric that asks one judge: `judge:rubric=…`. */
  readonly metric: string;
  /** Column with the answers. */
  readonly answer: string;
  /** Column with what a person said: yes or no, good or bad, pass or fail, true or false, 1 or 0. */
  readonly human: string;
  readonly settings?: Partial<RunSettings>;
  /** Asked once, before anything is sent; throws where it may not be. */
  allow?(cost: JudgeCheckCost): Promise<void>;
  /** Told after every row how many of how many are judged. */
  onRow?(done: number, rows: number): void;
}

/** What a check will cost. `usd` is absent where the judge's price is not known. */
export interface JudgeCheckCost {
  readonly model: string;
  readonly rows: number;
  readonly calls: number;
  readonly tokens: { readonly low: number; readonly high: number };
  readonly usd?: { readonly low: number; readonly high: number };
}

/** What a check has shown; it is kept for the runs to come. */
export interface JudgeCheckResult extends Omit<JudgeStanding, 'agreement'> {
  readonly agreement: JudgeAgreement;
  /** Rows that cannot be used or got no verdict, with the reason. */
  readonly problems: readonly DatasetProblem[];
  /** Rows on which judge and person differ, in the order of the file. */
  readonly disagreements: readonly JudgeDisagreement[];
  readonly spending: Spending;
}

/** A row on which judge and person differ. */
export interface JudgeDisagreement {
  readonly line: number;
  readonly answer: string;
  /** The judge's score, 0..1. */
  readonly value: number;
  readonly good: boolean;
  /** Why the judge said so. */
  readonly reason: string;
}
