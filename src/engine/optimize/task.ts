import type { Example } from '../core/example.ts';
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
}

/** What a search needs from outside, and its three named parts, each with a default. */
export interface OptimizeSockets extends EvaluateSockets {
  readonly optimizerModel: LanguageModel;
  /** A hash of the prompt: the same text is the same candidate. */
  candidateId(prompt: Prompt): string;
  /** Called once, before the test rows are run: part of the budget was kept aside for them. */
  releaseClaimReserve(): void;
  /** What the scored edits of earlier runs of the workspace have taught; nothing where absent. */
  readonly earlier?: Learned;
  readonly strategy?: Strategy;
  readonly acceptance?: Acceptance;
  readonly stopRules?: readonly StopRule[];
}
