import type { Technique } from './techniques/technique.ts';

/** What the guards look at: the text before and after, and what the person wished. */
export interface GuardedRewrite {
  readonly before: string;
  /** Absent where the answer held no rewritten prompt. */
  readonly after: string | undefined;
  /** Blank where the person said nothing. */
  readonly wishes: string;
  /** Whether the length limit ended the answer, or it ended without its last tag. */
  readonly cut: boolean;
  /** What stands in for each locked section, in their order. */
  readonly seals?: readonly string[];
  /** The locked sections, in the same order. */
  readonly sections?: readonly string[];
  readonly techniques?: readonly Technique[];
  /** Spellings that the host language alone knows as placeholders. */
  readonly values?: readonly string[];
  /** Share of the words that a minimal edit may touch, 0..1. */
  readonly editBudget?: number;
}
