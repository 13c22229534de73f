import type { Tags } from '../tags.ts';
import type { GuardedRewrite } from '../guardedRewrite.ts';

/** A way to rewrite a prompt, in words that a person can read and choose by. */
export interface Technique {
  /** As in requests, settings and on the command line: `minimal-edit`. */
  readonly name: string;
  readonly title: string;
  /** One sentence for a list to choose from. */
  readonly description: string;
  /** Names of techniques that ask for the opposite. */
  readonly excludes?: readonly string[];
  /** Whether a critic reads the draft, and it is rewritten until the critic is content. */
  readonly critique?: boolean;
  /** Whether the person is asked questions before anything is written. */
  readonly asksFirst?: boolean;
  /** Whether the answer is a chain of prompts. */
  readonly splits?: boolean;
  /** What the model is told beside the rules that always hold. */
  advice(facts: AdviceFacts): string;
  /** What this technique promises beyond what every rewrite promises: sentences where it is broken. */
  broken?(rewrite: GuardedRewrite): readonly string[];
}

/** What an advice may speak of. */
export interface AdviceFacts {
  readonly tags: Tags;
  /** Share of the words that may be touched, 0..1. */
  readonly editBudget: number;
}
