import type { Example, Split } from '../core/example.ts';
import type { LanguageModel } from '../core/languageModel.ts';
import type { Prompt } from '../core/prompt.ts';
import type { RunHeader } from '../core/run.ts';
import type { Acceptance } from './acceptance.ts';
import type { EvaluateSockets } from './evaluate.ts';
import type { Learned } from './foresight/metaModel.ts';
import type { StopRule } from './stop.ts';
import type { Strategy } from './strategy.ts';

/** A prompt to be optimized and its rows, split once. */
export interface OptimizeTask {
  readonly header: RunHeader;
  readonly train: readonly Example[];
  readonly validation: readonly Example[];
  readonly test: readonly Example[];
  /**
   * A cross-validation's folds, whose `test` rows are held out; then `test` above is empty. Absent
   * where test rows are kept aside.
   */
  readonly folds?: readonly Readonly<Record<Split, readonly Example[]>>[];
  /** Number of the fold that this is the task of. */
  readonly fold?: number;
}

/** What a search needs from outside, and its three named parts, each with a default. */
export interface OptimizeSockets extends EvaluateSockets {
  readonly optimizerModel: LanguageModel;
  /** A hash of the prompt: the same text is the same candidate. */
  candidateId(prompt: Prompt): string;
  /**
   * Called before the test rows are run; in a cross-validation before each of its steps: the original
   * on all rows, then the search of each fold and the look at its rows. Gives free what was kept
   * aside for the next of them.
   */
  releaseClaimReserve(): void;
  /** What the scored edits of earlier runs of the workspace have taught; nothing where absent. */
  readonly earlier?: Learned;
  readonly strategy?: Strategy;
  readonly acceptance?: Acceptance;
  readonly stopRules?: readonly StopRule[];
}
