import type { RunHolder } from './owner.ts';
import type {
  Measurement,
  PromptVersion,
  VersionDraft,
  VersionMark,
  VersionRef,
} from './version.ts';

/** A run that left its log in `.prompts`. */
export interface RunSummary {
  readonly runId: string;
  readonly promptName: string;
  readonly kind: 'optimize' | 'evaluate';
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly status: 'ended' | 'interrupted' | 'running';
  /** Where its files are, relative to the workspace. */
  readonly folder: string;
  /** Why it can neither be shown nor gone on with, such as that another release wrote it. */
  readonly unreadable?: string;
  /** Who works on it, while it is running. */
  readonly holder?: RunHolder;
}

/** The saved versions of all prompts of a workspace. */
export interface VersionHistory {
  names(): Promise<string[]>;
  /** Oldest first. */
  list(promptName: string): Promise<PromptVersion[]>;
  read(ref: VersionRef): Promise<PromptVersion>;
  /** Everything that was measured of a version, oldest first. */
  measurements(ref: VersionRef): Promise<Measurement[]>;
  /** Saves under the next number, or answers the newest version where the text is already that. */
  save(draft: VersionDraft): Promise<PromptVersion>;
  /** Names, notes or pins a version; its text and its record stay as they were written. */
  mark(ref: VersionRef, mark: VersionMark): Promise<PromptVersion>;
  /** `NAME` (newest) or `NAME@2`; throws a `RequestError` that lists what there is. */
  resolve(reference: string): Promise<PromptVersion>;
}
