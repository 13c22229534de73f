/** Which operator a trial uses, out of which, and why: what the bandit drew. */
export interface OperatorChoice {
  /** Draw of each operator that could be used, 0..1; the highest was chosen. */
  readonly draws: Readonly<Record<string, number>>;
  /** The choice for people. */
  readonly sentence: string;
}

/** An edit before it is paid for, as the meta-model sees it. */
export interface ForeseenEdit {
  /** `- old line` above `+ new line`. */
  readonly text: string;
  /** Its numbers in the order of `featureNames`. */
  readonly features: readonly number[];
  /** Share of the tried rows that it is thought to fix, less those it breaks, −1..1; absent where too little was learned. */
  readonly predicted?: number;
}

/** A proposal before it is paid for. */
export interface Foresight {
  /** The candidate as it was proposed, before edits of it were dropped. */
  readonly proposalId: string;
  readonly edits: readonly ForeseenEdit[];
  /** Why these edits were taken before those of other proposals, for people; absent where there was one. */
  readonly favoured?: string;
}

/** An edit, or edits that were tried together, with what came of it. */
export interface ScoredEdit {
  readonly features: readonly number[];
  /** Rows fixed less rows broken, as a share of `rows`, −1..1. */
  readonly worth: number;
  /** Rows that it was tried on; at least 1. */
  readonly rows: number;
  /** What was predicted before it was tried. */
  readonly predicted?: number;
}

/** What a trial has cost. */
export interface TrialCost {
  /** Rows that were answered for it. */
  readonly rows: number;
  /** Answers of the optimizer model. */
  readonly proposals: number;
  /** Tokens of both models, of the answers from the record too. */
  readonly tokens: number;
}

/** How far predictions have agreed with what came of the edits. */
export interface MetaModelStanding {
  /** Scored edits that were predicted before they were tried. */
  readonly edits: number;
  /** Spearman's rank correlation of prediction and worth, −1..1; absent where not defined. */
  readonly correlation?: number;
  /** Lower end of its one-sided 80 % interval. */
  readonly low?: number;
  /** Whether it may choose among proposals. */
  readonly open: boolean;
  /** The figure for people. */
  readonly sentence: string;
}

/** The scored edits that a meta-model knows before its run begins. */
export interface EarlierEdits {
  /** Runs that they are from. */
  readonly runs: number;
  readonly edits: number;
  /** What could not be read, a sentence each. */
  readonly notes: readonly string[];
}
