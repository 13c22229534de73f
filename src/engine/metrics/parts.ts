import type { LanguageModel } from '../core/languageModel.ts';
import type { GuardedChecks, OutsideScorers } from '../core/outside.ts';

/** What the registry is handed. A metric that needs an absent part is refused with a sentence. */
export interface MetricParts {
  /** The judge: `provider:model`, or the one that is set where nothing is named. */
  readonly judgeModel?: (id: string | undefined) => LanguageModel;
  /** Patterns and schemas on a thread that can be ended. */
  readonly checks?: GuardedChecks;
  /** The text of a file of the workspace; throws `RequestError`. */
  readonly readText?: (path: string) => string;
  /** Code of the workspace; only where the workspace is trusted. */
  readonly outside?: OutsideScorers;
  /** Rough number of tokens of a text. */
  readonly countTokens?: (text: string) => number;
}
