import type { ModelAnswer, ModelRequest } from '../../core/languageModel.ts';
import type { Prompt } from '../../core/prompt.ts';
import type { SearchView } from '../search.ts';

/** What an operator may tell the optimizer model: nothing but train rows and what was tried. */
export interface OperatorBrief {
  readonly view: SearchView;
  readonly parent: Prompt;
  /** Candidate whose answers are shown. */
  readonly parentId: string;
  /** Train rows to show, failures first. */
  readonly shown: readonly string[];
  /** Whether rows that another candidate did better on are shown with its answer, too. */
  readonly contrast?: boolean;
  /** Counts requests, from 0, so that equal requests of two trials are two draws. */
  readonly sample: number;
  /** The line of the prompt that it is about, for operators that look at one. */
  readonly focus?: string;
}

/** What the optimizer model proposed, in its own words why; or the sentence why there is nothing. */
export type Proposal =
  { readonly prompt: Prompt; readonly rationale?: string } | { readonly problem: string };

/** One way of asking the optimizer model for a better prompt. */
export interface EditOperator {
  readonly name: string;
  request(brief: OperatorBrief): ModelRequest;
  read(answer: ModelAnswer, parent: Prompt): Proposal;
}
