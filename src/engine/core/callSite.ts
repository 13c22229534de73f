import type { Section } from './refinement.ts';

/** How the code around a prompt fills its placeholders, as far as that can be seen. */
export interface CallSite {
  /** Names that are filled in. */
  readonly names: readonly string[];
  /** The placeholders that these names are for, in the prompt's text; all of them where absent. */
  readonly places?: readonly Section[];
  /**
   * Whether the names are there for others, too (what is in scope, what a chain of prompts is
   * called with), so that one which this prompt does not use is no mistake.
   */
  readonly shared?: boolean;
}
