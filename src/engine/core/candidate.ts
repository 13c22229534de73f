import type { Prompt } from './prompt.ts';

/** A prompt text inside a search. `parents` is empty for the original. */
export interface Candidate {
  readonly id: string;
  readonly prompt: Prompt;
  readonly parents: readonly string[];
  /** Name of the edit operator that wrote it; `original` for the first. */
  readonly operator: string;
  /** Why the optimizer model made the change, in its own words. */
  readonly rationale?: string;
}
