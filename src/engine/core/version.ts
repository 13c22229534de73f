import type { Split } from './example.ts';
import type { Prompt } from './prompt.ts';
import type { OutcomeCounts, Score } from './score.ts';
import type { Scorecard } from './trial.ts';

/** How a version came to be. */
export type VersionOrigin = 'typed' | 'refined' | 'optimized';

/** A saved, immutable, numbered text of one prompt. */
export interface PromptVersion {
  readonly promptName: string;
  /** From 1, without gaps in meaning: the highest number is the newest. */
  readonly number: number;
  readonly id: string;
  readonly parentId?: string;
  readonly prompt: Prompt;
  readonly origin: VersionOrigin;
  /** What the person calls this version: "before the new rule". */
  readonly label?: string;
  readonly note?: string;
  /** Whether the person wants it in sight. */
  readonly pinned?: boolean;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly metadata: Readonly<Record<string, string | number | boolean>>;
}

/** What a save is given; the store adds number, id and time. */
export type VersionDraft = Pick<PromptVersion, 'promptName' | 'prompt' | 'origin'> &
  Partial<Pick<PromptVersion, 'parentId' | 'note' | 'metadata'>>;

/** What a person says of a version afterwards; absent fields stay, an empty text takes away. */
export interface VersionMark {
  readonly label?: string;
  readonly note?: string;
  readonly pinned?: boolean;
}

/** Names one version: `triage@2`. */
export interface VersionRef {
  readonly promptName: string;
  readonly number: number;
}

/** What the calls of a measurement used, whether or not they were paid in that very run. */
export interface MeasuredUsage {
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Of all calls; absent where the price of one is not known. */
  readonly usd?: number;
}

/** One version measured on one set of rows with one model; written once, beside the version. */
export interface Measurement {
  readonly version: VersionRef;
  readonly datasetName: string;
  readonly datasetFingerprint: string;
  readonly split: Split | 'all';
  readonly taskModel: string;
  /** ISO 8601, UTC. */
  readonly measuredAt: string;
  readonly runId: string;
  readonly scorecard: Scorecard;
  readonly outcomes: OutcomeCounts;
  /** What the task model's answers used; absent where an older release measured. */
  readonly usage?: MeasuredUsage;
  /** Example id → metric → score: what paired comparisons are made from. */
  readonly rows: Readonly<Record<string, Readonly<Record<string, Score>>>>;
}
