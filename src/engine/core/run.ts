import type { Candidate } from './candidate.ts';
import type { ProviderProblem } from './errors.ts';
import type { DatasetProblem, Split } from './example.ts';
import type { Fold, RunningFold } from './fold.ts';
import type {
  EarlierEdits,
  Foresight,
  MetaModelStanding,
  OperatorChoice,
  ScoredEdit,
} from './foresight.ts';
import type { JudgeStanding } from './judge.ts';
import type { GuardMetric } from './metric.ts';
import type { Repeats } from './repeats.ts';
import type { Rollout } from './rollout.ts';
import type { OutcomeCounts } from './score.ts';
import type { RunSettings } from './runSettings.ts';
import type { Claim, Evaluation, Purpose, Trial } from './trial.ts';
import type { TrialState } from './trialState.ts';
import type { FailureKind, Tally, Wait } from './trouble.ts';
import type { Role, Spending, Usage } from './usage.ts';

export type { RunSettings } from './runSettings.ts';
export type { TrialOrigin, TrialState } from './trialState.ts';
export type { FailureKind, Tally, Wait } from './trouble.ts';

/** What a run was started with; enough to start it again. */
export interface RunHeader {
  readonly runId: string;
  readonly kind: 'optimize' | 'evaluate';
  readonly promptName: string;
  /** The saved version of the original. */
  readonly version: number;
  readonly original: Candidate;
  /** Texts of the original that every candidate keeps, byte for byte; absent where there is none. */
  readonly locked?: readonly string[];
  readonly settings: RunSettings;
  readonly datasetName: string;
  readonly datasetFingerprint: string;
  /** Rows by split; an evaluation has them all under `all`. */
  readonly rows: Readonly<Partial<Record<Split | 'all', number>>>;
  /** Folds of a cross-validation; absent where test rows are kept aside. */
  readonly folds?: number;
  /** Other runs in which these rows have judged a result of the prompt; absent: none. */
  readonly earlierClaims?: number;
  /** How often rows are asked, where that is more than once. */
  readonly repeats?: Repeats;
  /** Rows of the file that could not be used. */
  readonly unusableRows: number;
  /** What is worth knowing of its usable rows: repeats, contradictions, leaks between splits. */
  readonly warnings?: readonly DatasetProblem[];
  /** Metric names; the first is the primary one. */
  readonly metrics: readonly string[];
  /** Those of them that must not get worse; absent where there is none. */
  readonly guards?: readonly GuardMetric[];
  /** The judges that its metrics ask, with their last checks against people. */
  readonly judges?: readonly JudgeStanding[];
  /** What the meta-model has learned from before the run; absent where it is off. */
  readonly learnedFrom?: EarlierEdits;
  readonly taskModel: string;
  readonly optimizerModel?: string;
}

/** What earlier sessions of a run left open in its record of calls. */
export interface EarlierSessions {
  /** Requests that were sent, and whose answer was not recorded: they may have been billed. */
  readonly inFlight: number;
  /** Lines of the record that cannot be read; what they held is asked for again. */
  readonly damagedLines: number;
}

/** Which stop rule ended the run. */
export type EndReason =
  | 'done'
  | 'target'
  | 'patience'
  | 'max-iterations'
  | 'no-failures'
  | 'budget'
  | 'cancelled'
  | 'failed';

/** Everything that happens in a run. The state is the fold of these and nothing else. */
export type RunEvent =
  | {
      readonly type: 'run-start';
      readonly header: RunHeader;
      /** Where the run was gone on with, and its record of calls leaves something open. */
      readonly earlier?: EarlierSessions;
    }
  | {
      readonly type: 'evaluation-start';
      readonly candidateId: string;
      readonly split: Split | 'all';
      readonly purpose: Purpose;
      /** Rows to be asked for; rows that this candidate was already run on are reused. */
      readonly rows: number;
    }
  | { readonly type: 'rollout-end'; readonly rollout: Rollout }
  | {
      readonly type: 'evaluation-end';
      readonly evaluation: Evaluation;
      /** How long the run has been at work by then, earlier sessions included, in milliseconds. */
      readonly ranMs?: number;
    }
  | {
      readonly type: 'trial-start';
      readonly number: number;
      readonly parentId: string;
      readonly operator: string;
      /**
       * Ids of the train rows that the optimizer model is shown, and the child is screened on; or
       * that stand in the child as examples.
       */
      readonly shown?: readonly string[];
      /** What holds where it begins: `many-failures`, `format`, `misfires`, joined by `+`; else `plain`. */
      readonly context?: string;
      /** Present where the bandit chose the operator. */
      readonly choice?: OperatorChoice;
    }
  | {
      readonly type: 'proposal-end';
      readonly number: number;
      readonly usage: Usage;
      /** Absent where the optimizer model's answer held no usable prompt. */
      readonly candidate?: Candidate;
      /** What the meta-model thinks of it, and how far it is to be trusted; present where it learns. */
      readonly foresight?: Foresight;
      readonly metaModel?: MetaModelStanding;
      /** Answers of the optimizer model that it was chosen from; absent: 1. */
      readonly proposals?: number;
    }
  | {
      /** A candidate made of some of a proposal's edits; nothing was paid for it. */
      readonly type: 'variant';
      readonly number: number;
      readonly candidate: Candidate;
      /** From now on it stands for the trial: the edits that survived their screen, together. */
      readonly composed: boolean;
    }
  | {
      readonly type: 'trial-end';
      readonly trial: Trial;
      /** What its edits were worth, each alone where it was tried alone. */
      readonly scored?: readonly ScoredEdit[];
    }
  | {
      readonly type: 'trial-skip';
      readonly number: number;
      readonly why: string;
      readonly scored?: readonly ScoredEdit[];
    }
  | ({ readonly type: 'wait' } & Wait)
  /** Entries of the workspace's cache could not be trusted; what they held is asked for again. */
  | { readonly type: 'cache-damage'; readonly entries: number }
  | {
      /** The search begins anew, on all rows but these; the events up to `fold-end` are its own. */
      readonly type: 'fold-start';
      readonly number: number;
      readonly heldOut: readonly string[];
    }
  | {
      /** Its winner was run on the rows held out. */
      readonly type: 'fold-end';
      readonly winnerId: string;
      /** Why its search ended. */
      readonly sentence: string;
    }
  | { readonly type: 'claim-end'; readonly claim: Claim }
  | { readonly type: 'version-save'; readonly candidateId: string; readonly version: number }
  | {
      readonly type: 'run-end';
      readonly reason: EndReason;
      readonly bestId: string;
      /** The reason for people: "Stopped: patience of 6 trials used up." */
      readonly sentence: string;
      /** `ProviderError.code` and the like where the reason is `failed` or `budget`. */
      readonly errorCode?: string;
      /** How long the run was at work, earlier sessions included, in milliseconds. */
      readonly ranMs?: number;
    };

/** A run at one moment: the fold of its events. */
export interface RunState {
  readonly header?: RunHeader;
  readonly candidates: Readonly<Record<string, Candidate>>;
  /** The candidate that the search would return now. */
  readonly incumbentId: string;
  readonly evaluations: readonly Evaluation[];
  readonly trials: readonly TrialState[];
  /** The evaluation under way. */
  readonly running?: {
    readonly candidateId: string;
    readonly split: Split | 'all';
    readonly purpose: Purpose;
    readonly rows: number;
    /** Rollouts that have arrived. */
    readonly done: number;
    /** Tokens of these. */
    readonly tokens: number;
    /** Those of them that have no score. */
    readonly failures: readonly Rollout[];
  };
  readonly spending: Readonly<Record<Role, Spending>>;
  /** What judges have spent, by the metric that asked them. */
  readonly judgeSpending: Readonly<Record<string, Spending>>;
  readonly earlier?: EarlierSessions;
  /** Entries of the workspace's cache that could not be trusted. */
  readonly damagedAnswers: number;
  readonly outcomes: OutcomeCounts;
  /** Answers without a score by their kind: the provider's problem where there is one, else the outcome. */
  readonly failures: Readonly<Partial<Record<FailureKind, Tally>>>;
  /** Time waited for rate limits and outages, in milliseconds. */
  readonly waitedMs: number;
  /** How long it has been at work when that was last told, earlier sessions included, in milliseconds. */
  readonly ranMs?: number;
  readonly lastWait?: Wait;
  /** Waits by what they were for. */
  readonly waits: Readonly<Partial<Record<ProviderProblem | 'other', Tally>>>;
  /** How far the meta-model's predictions can be trusted so far. */
  readonly metaModel?: MetaModelStanding;
  /** The fold under way, with the state of its own search. */
  readonly fold?: RunningFold;
  /** Folds that have ended. */
  readonly folds: readonly Fold[];
  /** Where folds were judged: each row's answer by the winner of the fold that held it out. */
  readonly heldOut?: readonly Rollout[];
  readonly claim?: Claim;
  /** Candidate id → saved version number. */
  readonly saved: Readonly<Record<string, number>>;
  readonly ended?: {
    readonly reason: EndReason;
    readonly bestId: string;
    readonly sentence: string;
    readonly errorCode?: string;
  };
}
